import type { JsonSchema } from '../target/target.ts'
import { wordsOf } from '../target/words.ts'
import type { Fresh } from './fresh.ts'

// Above this, sums of prices and counts of pieces stop being plausible.
const USUAL_SPAN = 100
// An int32 in most databases.
const MAX_INT32 = 2_147_483_647

/** The numbers that a schema allows, both ends inclusive. */
export interface NumberRange {
  readonly minimum: number
  readonly maximum: number
  /** The distance between two allowed values; 0 where any fraction is allowed. */
  readonly step: number
}

/** Reads the limits of a number schema; an end that is not limited is infinite. */
export function numberRange(schema: JsonSchema): NumberRange {
  const limits = schema as Readonly<Record<string, number | undefined>>
  const integer = [schema['type']].flat().includes('integer')
  const multipleOf = typeof schema['multipleOf'] === 'number' ? schema['multipleOf'] : 0
  const step = integer
    ? multipleOf === 0 || Number.isInteger(multipleOf)
      ? Math.max(multipleOf, 1)
      : multipleOf
    : multipleOf
  const below = step || 0.01
  const minimum = Math.max(
    limits['minimum'] ?? Number.NEGATIVE_INFINITY,
    nextAbove(limits['exclusiveMinimum'] ?? Number.NEGATIVE_INFINITY, below),
  )
  const maximum = Math.min(
    limits['maximum'] ?? Number.POSITIVE_INFINITY,
    -nextAbove(-(limits['exclusiveMaximum'] ?? Number.POSITIVE_INFINITY), below),
  )
  const format = schema['format']
  if (format === 'int32') {
    return { minimum: Math.max(minimum, -MAX_INT32 - 1), maximum: Math.min(maximum, MAX_INT32), step }
  }
  return { minimum, maximum, step }
}

/** Tells whether a number is within the range and on a step of it. */
export function numberAccepts(schema: JsonSchema, value: number): boolean {
  const { minimum, maximum, step } = numberRange(schema)
  if (value < minimum || value > maximum) return false
  return step === 0 || Number.isInteger(round(value / step))
}

/** A number well inside the range: `unique` takes it from the whole range, else it is small and plausible. */
export function numberValue(schema: JsonSchema, name: string, fresh: Fresh, unique: boolean): number {
  const { minimum, maximum, step } = numberRange(schema)
  const low = Number.isFinite(minimum) ? minimum : Number.isFinite(maximum) ? Math.min(1, maximum - USUAL_SPAN) : 1
  const span = unique ? MAX_INT32 - 1000 : spanOf(name)
  const high = Math.min(maximum, low + span)
  // Without a minimum, most numbers still count or cost something: one and up.
  const from = !Number.isFinite(minimum) && maximum >= 1 ? 1 : low
  if (step === 0) return fraction(from, high, fresh)
  const first = Math.ceil(round(from / step))
  const last = Math.floor(round(high / step))
  // The middle half: limits are the places where servers and documents disagree.
  const quarter = unique ? 0 : Math.floor((last - first) / 4)
  return round(fresh.integer(first + quarter, last - quarter) * step)
}

function spanOf(name: string): number {
  const last = wordsOf(name).at(-1)
  if (last === 'id' || last === 'quantity' || last === 'qty' || last === 'count' || last === 'stars') return 4
  return last === 'latitude' || last === 'lat' || last === 'longitude' || last === 'lon' || last === 'lng'
    ? 50
    : USUAL_SPAN
}

function fraction(low: number, high: number, fresh: Fresh): number {
  const cents = (value: number) => Math.floor(round(value * 100))
  const quarter = Math.floor((cents(high) - cents(low)) / 4)
  if (cents(high) - cents(low) < 4) return (low + high) / 2
  return fresh.integer(Math.ceil(round(low * 100)) + quarter, cents(high) - quarter) / 100
}

function nextAbove(limit: number, step: number): number {
  if (!Number.isFinite(limit)) return limit
  return Math.floor(round(limit / step) + 1) * step > limit
    ? round(Math.floor(round(limit / step) + 1) * step)
    : limit + step
}

/** Removes what binary fractions add: 0.1 * 3 is 0.3. */
function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value
}
