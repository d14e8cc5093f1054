import { effectiveSchema, type JsonSchema } from '@createonce/verifier/document'

/** A schema, and the standalone one that it is a part of: references are resolved there. */
export interface Rooted {
  readonly schema: JsonSchema
  readonly root: JsonSchema
}

/** A part of the same root, with references followed and `allOf` merged. */
export function flat(schema: unknown, root: JsonSchema): JsonSchema {
  return effectiveSchema(schema, root)
}

/** A JSON object: neither null, nor an array, nor a scalar. */
export function isRecord(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The schema of a member, own members only: `constructor` is a name like any other. */
export function propertyOf(schema: JsonSchema, name: string): unknown {
  const properties = schema['properties']
  return isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** The schemas of all members that are named. */
export function propertiesOf(schema: JsonSchema): readonly (readonly [string, unknown])[] {
  return isRecord(schema['properties']) ? Object.entries(schema['properties']) : []
}

/** The names that have to be there. */
export function requiredOf(schema: JsonSchema): readonly string[] {
  const required = schema['required']
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
}

/** The types that a flat schema names, and those that its keywords tell where it names none. */
export function typesOf(schema: JsonSchema): readonly string[] {
  if (schema['type'] !== undefined) return [schema['type']].flat() as string[]
  if (['properties', 'required', 'additionalProperties', 'patternProperties'].some((one) => schema[one] !== undefined))
    return ['object']
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return ['array']
  if (['format', 'pattern', 'minLength', 'maxLength'].some((one) => schema[one] !== undefined)) return ['string']
  if (['minimum', 'maximum', 'multipleOf'].some((one) => schema[one] !== undefined)) return ['number']
  return []
}

/** The branches of a choice; empty where there is none. */
export function branchesOf(schema: JsonSchema): readonly unknown[] {
  return [schema['oneOf'], schema['anyOf']].find((one) => Array.isArray(one)) ?? []
}
