/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Tells whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses JSON; undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Every string within a value, depth first. */
export function stringsWithin(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsWithin)
  return isObject(value) ? Object.values(value).flatMap(stringsWithin) : []
}
