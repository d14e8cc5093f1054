import { methodOf } from './method-of.ts'
import type { Described } from './to-operation.ts'

/** A creation with its place, as an adapter that knows its routes lists it. */
export interface MountedCreation {
  readonly method: 'POST' | 'PUT'
  /** As OpenAPI writes it, with parameters in braces: `/publishers/{publisherId}/books`. */
  readonly path: string
  readonly creation: Described
}

/** Creations by method and path, such as `'POST /orders'` or `'PUT /orders/{id}'`, or a list of them. */
export type Creations = Readonly<Record<string, Described>> | Iterable<MountedCreation>

/** Reads both spellings as a list. */
export function toMounted(creations: Creations): MountedCreation[] {
  const list = isIterable(creations)
    ? [...creations]
    : Object.entries(creations).map(([route, creation]) => {
        const [method, path] = route.split(' ')
        return { method: method as 'POST' | 'PUT', path: path ?? '', creation }
      })
  for (const { method, path, creation } of list) {
    const seen = JSON.stringify(`${method} ${path}`)
    if (!/^[A-Z]+$/.test(method) || !path.startsWith('/'))
      throw new TypeError(`A creation is named by method and path, such as 'POST /orders'; got ${seen}.`)
    const own = methodOf(creation.definition).toUpperCase()
    if (method !== own) throw new TypeError(`${creation.definition.operation} is a creation by ${own}; got ${seen}.`)
    const colon = /\/:([A-Za-z_]\w*)/.exec(path)
    if (colon !== null)
      throw new TypeError(`OpenAPI writes parameters in braces: {${colon[1]}} instead of :${colon[1]} in ${seen}.`)
  }
  return list
}

function isIterable(creations: Creations): creations is Iterable<MountedCreation> {
  return Symbol.iterator in creations
}

/** Writes the path of a router, such as `/publishers/:id`, as OpenAPI does: `/publishers/{id}`. */
export function toOpenApiPath(path: string): string {
  return path.replace(/:([A-Za-z_]\w*)(?:\([^/]*\))?/g, '{$1}')
}
