import { effectiveSchema, type JsonSchema } from '@createonce/verifier/document'

/** Whether a member of a form is a file, or a list of files: `format: binary` before OpenAPI 3.1, a media type since. */
export function isFileSchema(schema: JsonSchema | undefined, root: JsonSchema): boolean {
  if (schema === undefined) return false
  const own = effectiveSchema(schema, root)
  const { items } = own
  return isFile(own) || (typeof items === 'object' && items !== null && isFile(effectiveSchema(items, root)))
}

function isFile({ format, contentMediaType, contentEncoding }: JsonSchema): boolean {
  if (format === 'binary') return true
  // Encoded as text it can be kept like any other text.
  // Encoded as text it can be kept like any other text.
  if (contentEncoding !== undefined || typeof contentMediaType !== 'string') return false
  return !/^text\/|json/.test(contentMediaType)
}
