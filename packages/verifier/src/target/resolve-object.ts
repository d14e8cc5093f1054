import { isRecord, type JsonObject } from './is-record.ts'
import { resolvePointer } from './resolve-pointer.ts'

// Longer chains of references than this are loops.
const MAX_HOPS = 32

/** Follows the `$ref` of an object that is no schema (parameter, response, request body); undefined where it dangles. */
export function resolveObject(document: JsonObject, value: unknown): JsonObject | undefined {
  let current = value
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    if (!isRecord(current)) return undefined
    const reference = current['$ref']
    if (typeof reference !== 'string') return current
    current = resolvePointer(document, reference)
  }
  return undefined
}
