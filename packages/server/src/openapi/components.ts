import type { OpenApiObject } from './open-api-object.ts'
import { relocateRefs } from './relocate-refs.ts'

/** The kinds of components that creations share. */
export type ComponentKind = 'schemas' | 'headers' | 'parameters'

/** Where the parts of operations go that several of them have. */
export interface Components {
  /** Gives what stands at the place of use: a reference, or the part itself. */
  share(kind: ComponentKind, name: string, part: OpenApiObject): OpenApiObject
  /** The same for a schema that may refer to itself; `pointer` leads to the place of use, where that is known. */
  place(name: string, schema: OpenApiObject, pointer: string | undefined): OpenApiObject
}

/** Every operation holds its parts, and stands alone. */
export const inline: Components = {
  share: (_kind, _name, part) => part,
  place(name, schema, pointer) {
    return relocateRefs(schema, () => {
      if (pointer !== undefined) return pointer
      throw new TypeError(
        `The schema ${name} refers to itself, so it must know its place in the document: write toOperation(creation, { path: '/orders' }), or merge with withCreations().`,
      )
    })
  },
}

/** Collects the parts as components, which operations refer to. */
export function collectComponents(): Components & {
  readonly collected: Readonly<Record<ComponentKind, ReadonlyMap<string, OpenApiObject>>>
} {
  const collected = { schemas: new Map(), headers: new Map(), parameters: new Map() }
  const share: Components['share'] = (kind, name, part) => {
    const $ref = `#/components/${kind}/${name}`
    collected[kind].set(name, part)
    return { $ref }
  }
  return {
    collected,
    share,
    place(name, schema) {
      // What is a reference already names a component of the document.
      if (typeof schema['$ref'] === 'string' && schema['$ref'].startsWith('#/components/')) return schema
      return share(
        'schemas',
        name,
        relocateRefs(schema, () => `#/components/schemas/${name}`),
      )
    },
  }
}
