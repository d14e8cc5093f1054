import { effectiveSchema, type JsonSchema } from '@createonce/verifier/document'
import type { Rooted } from '../shape/shape.ts'

const SCALARS = ['string', 'integer', 'number', 'boolean']
// What a text alone says of a thing, where no member has the name of the thing itself.
const LIKELY = ['name', 'value', 'text', 'content', 'title', 'label', 'code']

/** Whether a body is one text or number instead of an object. */
export function isScalarBody(schema: JsonSchema): boolean {
  const types = [effectiveSchema(schema, schema)['type'] ?? []].flat()
  return types.length > 0 && types.every((type) => SCALARS.includes(type as string))
}

/** The member under which a scalar body is kept: `role` of `POST /roles` with `"admin"`, where answers have such a member. */
export function scalarMember(schema: JsonSchema, noun: string, resources: readonly Rooted[]): string {
  const { type } = effectiveSchema(schema, schema)
  const fitting = resources.flatMap(({ schema: shown, root }) =>
    Object.entries((shown['properties'] ?? {}) as Record<string, unknown>)
      .filter(([, part]) => effectiveSchema(part, root)['type'] === type)
      .map(([name]) => name),
  )
  const wanted = [noun.replaceAll(' ', ''), ...LIKELY]
  const found = wanted
    .map((name) => fitting.find((one) => one.toLowerCase().replaceAll(/[^a-z0-9]/g, '') === name))
    .find((name) => name !== undefined)
  return found ?? 'value'
}

/** The schema of the object that a scalar body is kept as. */
export function asObject({ $defs, ...schema }: JsonSchema, member: string): JsonSchema {
  return {
    type: 'object',
    properties: { [member]: schema },
    required: [member],
    ...($defs !== undefined && { $defs }),
  }
}
