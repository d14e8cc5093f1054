import type { JsonSchema } from '@createonce/verifier/document'
import { acceptsScalar } from './accepts.ts'
import { isRecord } from './rooted.ts'
import { NONE } from './smallest.ts'

/** A value as one of the types, by conversions that lose nothing that matters; NONE where none fits. */
export function convertScalar(s: JsonSchema, types: readonly string[], value: unknown): unknown {
  const isScalar = typeof value !== 'object' || value === null
  if (isScalar && acceptsScalar(s, value)) return value
  for (const type of types) {
    const found = candidates(type, s, value).find((one) => acceptsScalar(s, one))
    if (found !== undefined) return found
  }
  return NONE
}

function candidates(type: string, s: JsonSchema, value: unknown): readonly unknown[] {
  // Who refers to a thing by its id may have been sent the thing.
  const plain = isRecord(value) ? (value['id'] ?? value['_id']) : value
  if (type === 'integer' || type === 'number') return toNumbers(plain)
  if (type === 'boolean') return plain === 'true' ? [true] : plain === 'false' ? [false] : []
  if (type !== 'string') return []
  if (typeof plain === 'number' || typeof plain === 'boolean') return [String(plain), ...toMoments(s, plain)]
  return typeof plain === 'string' ? [plain, ...toMoments(s, plain)] : []
}

function toNumbers(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'string') return []
  if (/^-?\d{1,15}(\.\d{1,10})?$/.test(value)) return [Number(value)]
  const at = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? [] : [at, Math.floor(at / 1000)]
}

function toMoments(s: JsonSchema, value: unknown): readonly string[] {
  if (s['format'] !== 'date' && s['format'] !== 'date-time') return []
  const at = new Date(value as string)
  if (Number.isNaN(at.getTime())) return []
  return [s['format'] === 'date' ? at.toISOString().slice(0, 10) : at.toISOString()]
}
