import type { Creation, JsonSchema, Policy } from '../../src/target/target.ts'

/** A creation with a body of this schema. */
export function creationOf(schema: JsonSchema, policy: Policy = {}, examples: readonly unknown[] = []): Creation {
  return {
    id: 'create',
    method: 'POST',
    path: '/things',
    parameters: [],
    body: { mediaType: 'application/json', required: true, schema, examples },
    responses: {},
    parents: [],
    policy,
    security: [],
  }
}

/** A creation whose body is an object with these members, all of them required. */
export function creationWith(properties: Readonly<Record<string, JsonSchema>>, policy: Policy = {}): Creation {
  return creationOf({ type: 'object', required: Object.keys(properties), properties }, policy)
}
