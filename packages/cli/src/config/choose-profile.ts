import { nearest } from '../nearest.ts'
import { UsageError } from '../usage-error.ts'
import type { Profile } from './config.ts'
import { fillEnvironment } from './fill-environment.ts'
import type { LoadedConfig } from './load-config.ts'

/** A profile with the values of the environment in it. */
export interface ChosenProfile {
  readonly name: string
  readonly profile: Profile
  /** The configuration that it stands in. */
  readonly file: string
  /** What came from the environment, to be masked wherever something is shown. */
  readonly secrets: readonly string[]
  /** Where a variable is named that is not set: `headers.Authorization` and its name. */
  readonly unset: readonly { readonly place: string; readonly variable: string }[]
}

// What carries a credential, by the names that are usual.
const CREDENTIAL = /^(authorization|proxy-authorization|cookie)$|token|secret|password|api-?key/i

/**
 * The profile of a name, or the one that is meant where none is named. Throws {@link UsageError} when there is none, or
 * when a credential stands in the file in clear. Variables that are not set are for the caller: `doctor` reports them.
 */
export function chooseProfile(
  { config, file }: LoadedConfig,
  wanted?: string,
  environment: NodeJS.ProcessEnv = process.env,
): ChosenProfile {
  const names = Object.keys(config.profiles)
  const name = wanted ?? config.profile ?? (names.length === 1 ? names[0]! : 'local')
  const profile = Object.hasOwn(config.profiles, name) ? config.profiles[name] : undefined
  if (profile === undefined) throw new UsageError(`There is no profile ${name}${closest(name, names)}.`)
  refuseCredentials(name, profile)
  const secrets = new Set<string>()
  const unset: { readonly place: string; readonly variable: string }[] = []
  const fill = (value: unknown, place: string): unknown => {
    if (typeof value === 'string') {
      const filled = fillEnvironment(value, environment)
      for (const secret of filled.secrets) secrets.add(secret)
      unset.push(...filled.missing.map((variable) => ({ place, variable })))
      return filled.text
    }
    if (Array.isArray(value)) return value.map((item, index) => fill(item, `${place}[${index}]`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, fill(inner, place === '' ? key : `${place}.${key}`)]),
    )
  }
  return { name, profile: fill(profile, '') as Profile, file, secrets: [...secrets], unset }
}

function closest(name: string, names: readonly string[]): string {
  const [near] = nearest(name, names)
  return near === undefined ? `; there are: ${names.join(', ')}` : `; is ${near} meant? There are: ${names.join(', ')}`
}

/** A credential in a file ends up in a repository. */
function refuseCredentials(name: string, { headers = {}, otherHeaders = {}, prerequisites = {} }: Profile): void {
  for (const [header, value] of [...Object.entries(headers), ...Object.entries(otherHeaders)]) {
    if (CREDENTIAL.test(header) && !value.includes('${')) throw inClear(`profiles.${name}: the header ${header}`)
  }
  for (const kind of ['postgres', 'redis'] as const) {
    const url = prerequisites[kind]?.url
    if (url !== undefined && /\/\/[^/@]*:[^/@$]+@/.test(url)) {
      throw inClear(`profiles.${name}: prerequisites.${kind}.url`)
    }
  }
}

function inClear(place: string): UsageError {
  return new UsageError(
    `${place} holds a credential in clear. Keep it in an environment variable and write its name here: \${API_TOKEN}.`,
  )
}
