import { quote } from '../../evidence/quote.ts'
import type { Fault } from './fault.ts'
import { refusalOf } from './refusal-of.ts'

/** `/orders/{id}`, a RegExp for Location as it came, or a function that returns true for it. */
export type LocationPattern = string | RegExp | ((location: string) => boolean)

/** The names in braces of a pattern, as the members that are found for them. */
export type ParametersOf<Pattern> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name | keyof ParametersOf<Rest>]: string }
  : Pattern extends string
    ? // biome-ignore lint/complexity/noBannedTypes: an object without members of its own
      {}
    : Readonly<Record<string, string>>

/** What a Location has at the places of a pattern, decoded; or why it does not fit. */
export function readLocation(
  location: string,
  url: URL,
  pattern: LocationPattern,
): { readonly parameters: Readonly<Record<string, string>> } | Fault {
  const wrong = (what: string): Fault => ({ message: `Location is ${quote(location)}, and ${what}.` })
  if (typeof pattern === 'function') {
    const refusal = refusalOf(pattern, location)
    return refusal === undefined ? { parameters: {} } : wrong(refusal)
  }
  if (pattern instanceof RegExp) {
    const found = new RegExp(pattern).exec(location)
    return found === null ? wrong(`a match of ${pattern} was expected`) : { parameters: { ...found.groups } }
  }
  const names: string[] = []
  // Whatever the API writes, absolute or relative, is the same URL to a client (RFC 9110 §10.2.2).
  const isAbsolute = /^[a-z][a-z\d+.-]*:\/\//i.test(pattern)
  const compared = isAbsolute ? url.href : url.pathname + (pattern.includes('?') ? url.search : '')
  const source = pattern.replaceAll(/\{([^}]*)\}|[^{]+|\{/g, (part, name: string | undefined) => {
    if (name === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(name)
    return '([^/?#]+)'
  })
  const found = new RegExp(`^${source}$`).exec(compared)
  if (found === null) return wrong(`${quote(pattern)} was expected`)
  return { parameters: Object.fromEntries(names.map((name, index) => [name, decoded(found[index + 1] ?? '')])) }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
