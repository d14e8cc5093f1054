import { isToken, parseParameter, splitOutsideQuotes } from './field-syntax.ts'

/** The spellings that most clients use, known without being parsed. */
const USUAL: ReadonlySet<string | undefined> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset=UTF-8',
])

/**
 * True if a `Content-Type` says JSON in UTF-8: `application/json` or `application/*+json` (RFC 6839 §3.1), in any case,
 * with any parameters but a charset other than UTF-8, which RFC 8259 §8.1 rules out between systems.
 */
export function isJsonMediaType(contentType: string | undefined): boolean {
  if (USUAL.has(contentType)) return true
  if (contentType === undefined) return false
  const [essence, ...parameters] = splitOutsideQuotes(contentType, ';')
  const name = essence!.toLowerCase()
  if (!name.startsWith('application/')) return false
  const subtype = name.slice('application/'.length)
  if (subtype !== 'json' && !(isToken(subtype) && subtype.endsWith('+json') && subtype !== '+json')) return false
  return parameters.every(isHarmless)
}

function isHarmless(text: string): boolean {
  if (text === '') return true
  const parameter = parseParameter(text)
  if (parameter?.value === undefined) return false
  return parameter.name !== 'charset' || /^utf-?8$/i.test(parameter.value)
}
