import { escaped } from '../../evidence/differences.ts'
import { quote } from '../../evidence/quote.ts'
import { isRecord } from '../../target/is-record.ts'
import { refusalOf } from './refusal-of.ts'

/**
 * Where a value differs from what is expected of it, as sentences with a JSON Pointer (RFC 6901). Expected is what a
 * value contains: members that are not named may be there; lists have the same length; a RegExp matches a text; a
 * function tells whether it accepts; asymmetric matchers (`expect.any(String)`) are asked.
 */
export function mismatches(expected: unknown, seen: unknown, pointer = ''): string[] {
  const told = (accepted: boolean, what: string): string[] =>
    accepted ? [] : [`${pointer === '' ? 'The body' : pointer} is ${written(seen)}, and ${what}.`]
  if (isAsymmetric(expected)) return told(expected.asymmetricMatch(seen), `${described(expected)} was expected`)
  if (expected instanceof RegExp)
    return told(
      typeof seen === 'string' && new RegExp(expected).test(seen),
      `a text that matches ${expected} was expected`,
    )
  if (typeof expected === 'function') {
    const refusal = refusalOf(expected as () => unknown, seen)
    return told(refusal === undefined, refusal ?? '')
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(seen) || seen.length !== expected.length)
      return told(false, `a list of ${expected.length} was expected`)
    return expected.flatMap((one, index) => mismatches(one, seen[index], `${pointer}/${index}`))
  }
  if (isRecord(expected)) {
    if (!isRecord(seen)) return told(false, 'an object was expected')
    return Object.entries(expected).flatMap(([name, one]) =>
      mismatches(one, Object.hasOwn(seen, name) ? seen[name] : undefined, `${pointer}/${escaped(name)}`),
    )
  }
  return told(Object.is(expected, seen) || expected === seen, `${written(expected)} was expected`)
}

interface Asymmetric {
  asymmetricMatch(seen: unknown): boolean
}

function isAsymmetric(expected: unknown): expected is Asymmetric {
  return typeof expected === 'object' && expected !== null && 'asymmetricMatch' in expected
}

function described(matcher: object): string {
  const { toAsymmetricMatcher } = matcher as { toAsymmetricMatcher?: () => string }
  try {
    return toAsymmetricMatcher?.call(matcher) ?? String(matcher)
  } catch {
    return String(matcher)
  }
}

function written(value: unknown): string {
  return value === undefined ? 'absent' : quote(JSON.stringify(value) ?? String(value)).slice(1, -1)
}
