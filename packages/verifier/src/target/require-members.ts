import type { Creation } from './target.ts'

/** The body with members made required that the document leaves optional. */
export function requireMembers(
  body: NonNullable<Creation['body']>,
  members: readonly string[],
): NonNullable<Creation['body']> {
  if (members.length === 0) return body
  const declared = Array.isArray(body.schema['required']) ? body.schema['required'] : []
  return { ...body, schema: { ...body.schema, required: [...new Set([...declared, ...members])] } }
}
