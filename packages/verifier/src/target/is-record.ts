/** A JSON object: neither null, nor an array, nor a scalar. */
export type JsonObject = { readonly [member: string]: unknown }

/** Tells whether a value is a JSON object. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
