import type { Draft } from './ajv.ts'
import { isSchema } from './subschemas.ts'

/** The addresses of the drafts, without their scheme and the empty fragment. */
const DRAFTS: Readonly<Record<string, Draft>> = {
  '//json-schema.org/draft/2020-12/schema': 'draft-2020-12',
  '//json-schema.org/draft-07/schema': 'draft-07',
}

/** The draft that a schema is written in; throws a TypeError for one that is not read. */
export function draftOf(schema: unknown): Draft {
  if (!isSchema(schema)) throw new TypeError('A JSON Schema must be an object.')
  const { $schema } = schema
  if ($schema === undefined) return 'draft-2020-12'
  const draft = DRAFTS[String($schema).replace(/^https?:|#$/g, '')]
  if (draft !== undefined) return draft
  throw new TypeError(`$schema must be of draft 2020-12 or draft 7; got ${JSON.stringify($schema)}.`)
}
