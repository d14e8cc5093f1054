import type { OpenApiObject } from './open-api-object.ts'

// What holds values and no schemas: a member named $ref in there is data.
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'example', 'examples'])

/**
 * A schema as part of a larger document: what refers to the schema's own root (`#`, `#/$defs/Line`) refers to its place
 * there, because inside an OpenAPI document `#` is the document (OpenAPI 3.1 §4.6). References to components stay.
 */
export function relocateRefs(schema: OpenApiObject, place: () => string): OpenApiObject {
  const { $schema: _, ...rest } = schema
  // Inside a schema with an address of its own, `#` is that schema (JSON Schema 2020-12 §8.2.1).
  return typeof schema['$id'] === 'string' ? rest : (relocate(rest, place) as OpenApiObject)
}

function relocate(value: unknown, place: () => string): unknown {
  if (Array.isArray(value)) return value.map((one) => relocate(one, place))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' && /^#(?:\/(?!components\/)|$)/.test(member)
        ? `${place()}${member.slice(1)}`
        : DATA.has(name)
          ? member
          : relocate(member, place),
    ]),
  )
}
