import { isObject } from '../experiments/json-node.ts'
import { linkMember, secretMember } from './volatile.ts'

/** A place at which two values differ. */
export interface Difference {
  readonly pointer: string
  readonly expected: unknown
  readonly seen: unknown
}

/**
 * The places at which two representations of one resource differ. Equal instants in another spelling, credentials
 * that are shown once, and links are no differences; null, an empty array and an absent member are the same nothing.
 */
export function differences(expected: unknown, seen: unknown, pointer = ''): Difference[] {
  if (isObject(expected) && isObject(seen)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(seen)])
    return [...names]
      .filter((name) => !secretMember.test(name) && !linkMember.test(name))
      .flatMap((name) => differences(expected[name], seen[name], `${pointer}/${escaped(name)}`))
  }
  if (Array.isArray(expected) && Array.isArray(seen) && expected.length === seen.length) {
    return expected.flatMap((item, index) => differences(item, seen[index], `${pointer}/${index}`))
  }
  return isNothing(expected) && isNothing(seen) ? [] : sameValue(expected, seen) ? [] : [{ pointer, expected, seen }]
}

/** Tells whether two scalars mean the same: equal, or the same instant. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'string' || typeof other !== 'string') return false
  const [first, second] = [instant(one), instant(other)]
  // Databases keep fractions of a second to their own precision.
  return first !== undefined && second !== undefined && Math.abs(first - second) < 1000
}

/** A JSON Pointer token (RFC 6901 §3). */
export function escaped(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1')
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function instant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return undefined
  // Without an offset both are taken as UTC: comparing must not depend on where the verifier runs.
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`
  const time = Date.parse(zoned.replace(' ', 'T'))
  return Number.isNaN(time) ? undefined : time
}
