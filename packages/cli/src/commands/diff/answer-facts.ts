import type { Exchange } from '@createonce/verifier'
import type { Fact } from './fact.ts'

// They belong to one connection or one moment, or say what the status and the body say already.
const PASSING =
  /^(date|age|connection|keep-alive|transfer-encoding|content-length|expires|retry-after|location|content-location)$/
// What they say matters; of the others it matters that they are there.
const TELLING =
  /^(content-type|cache-control|vary|server|via|x-powered-by|idempotent-replayed|allow|accept-.*|access-control-.*|www-authenticate|strict-transport-security|content-encoding|deprecation|sunset)$/

/** What of an answer is the same in every environment that behaves alike: status, headers, members. */
export function answerFacts(subject: string, step: string, { response, failure }: Exchange): Fact[] {
  const fact = (name: string, value: string): Fact => ({ subject, name: `${step} ${name}`, value })
  if (response === undefined) return [fact('status', `no answer (${failure?.reason ?? 'unknown'})`)]
  const byName = new Map<string, string[]>()
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase()
    if (!PASSING.test(key)) byName.set(key, [...(byName.get(key) ?? []), value.trim()])
  }
  const members = membersOf(response.body)
  return [
    fact('status', String(response.status)),
    ...[...byName].map(([name, values]) => fact(`header ${name}`, toValue(name, values))),
    ...(members === undefined ? [] : [fact('members', members)]),
  ]
}

function toValue(name: string, values: readonly string[]): string {
  if (name === 'etag') return values[0]?.startsWith('W/') ? 'weak' : 'strong'
  if (!TELLING.test(name)) return 'there'
  const text = values.join(', ')
  return /^(content-type|cache-control|vary|allow|access-control-.*)$/.test(name)
    ? text.toLowerCase().replaceAll(/\s*([,;])\s*/g, '$1 ')
    : text
}

/** The names of the members of a JSON object: two releases that differ show themselves there. */
function membersOf(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.keys(value).sort().join(', ')
  } catch {
    return undefined
  }
}
