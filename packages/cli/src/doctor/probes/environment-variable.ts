import type { EnvironmentVariable } from '../../config/config.ts'
import type { Probe, Reading } from '../probe.ts'

export const environmentVariable: Probe = {
  id: 'environment-variable',
  needs: 'The environment variable is set, and has the form that is needed',
  how: "Each of the profile's `prerequisites.environment` is looked up and held against its `format`, `pattern` and `minLength`. Its value is never shown.",
  why: 'A service that starts without it fails at the first request that needs it.',
  mend: 'Set the variable where the service is started; a value with spaces or `$` needs quotes in a shell.',
  look: ({ profile, environment }) =>
    (profile.prerequisites?.environment ?? []).map((needed) => {
      const variable = typeof needed === 'string' ? { name: needed } : needed
      return judge(variable, environment[variable.name])
    }),
}

// What drivers take, not what URLs are: PostgreSQL's may name several hosts, Redis's a socket.
const FORMATS: Readonly<
  Record<NonNullable<EnvironmentVariable['format']>, { readonly name: string; fits(value: string): boolean }>
> = {
  url: { name: 'a URL', fits: (value) => /^[a-z][a-z\d+.-]*:\/\//i.test(value) && URL.canParse(value) },
  'postgres-url': { name: 'a postgres:// URL', fits: (value) => /^postgres(ql)?:\/\/\S*$/i.test(value) },
  'redis-url': { name: 'a redis:// URL', fits: (value) => /^(rediss?|(redis\+)?unix):\/\/\S+$/i.test(value) },
  integer: { name: 'an integer', fits: (value) => /^[+-]?\d+$/.test(value) },
  port: { name: 'a port, 1 to 65535', fits: (value) => /^\d+$/.test(value) && +value >= 1 && +value <= 65_535 },
  boolean: { name: 'a boolean', fits: (value) => /^(true|false|1|0|yes|no|on|off)$/i.test(value) },
  base64: { name: 'base64', fits: isBase64 },
  json: { name: 'JSON', fits: isJson },
}

function judge({ name, format, pattern, minLength }: EnvironmentVariable, value: string | undefined): Reading {
  const bad = (seen: string): Reading => ({ kind: 'bad', subject: name, seen })
  if (value === undefined) return bad('not set')
  if (value === '') return bad('set, and empty')
  if (format !== undefined && !FORMATS[format].fits(value)) return bad(`set, and not ${FORMATS[format].name}`)
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) return bad(`set, and not ${pattern}`)
  if (minLength !== undefined && value.length < minLength) return bad(`set, and shorter than ${minLength} characters`)
  return { kind: 'good', subject: name, seen: 'set' }
}

// The usual alphabet or that for URLs, with padding or without (RFC 4648 §4, §5); line breaks as tools wrap it.
function isBase64(value: string): boolean {
  const bare = value.replace(/[\r\n]/g, '')
  const digits = bare.replace(/={1,2}$/, '')
  const isPadded = digits !== bare
  return /^([A-Za-z\d+/]+|[\w-]+)$/.test(digits) && digits.length % 4 !== 1 && (!isPadded || bare.length % 4 === 0)
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
