type Json = Readonly<Record<string, unknown>>

// A chain of references that is longer leads in a circle.
const MAX_STEPS = 16

/** The object that a value is or refers to within the document; undefined where there is none. */
export function resolved(document: Json, value: unknown): Json | undefined {
  let at = value
  for (let step = 0; step < MAX_STEPS; step++) {
    if (!isObject(at)) return undefined
    const ref = at['$ref']
    if (typeof ref !== 'string') return at
    at = ref.startsWith('#/') ? target(document, ref.slice(2)) : undefined
  }
  return undefined
}

function target(document: Json, pointer: string): unknown {
  let at: unknown = document
  for (const token of pointer.split('/')) {
    const name = decoded(token).replaceAll('~1', '/').replaceAll('~0', '~')
    if (!isObject(at) || !Object.hasOwn(at, name)) return undefined
    at = at[name]
  }
  return at
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
