import { isRecord } from './is-record.ts'
import type { JsonSchema } from './target.ts'

/** Whether a field of a form is a file or a list of files: `format: binary` before OpenAPI 3.1, a media type since. */
export function isFile({ format, contentMediaType, contentEncoding, items }: JsonSchema): boolean {
  if (format === 'binary' || contentEncoding !== undefined) return true
  // Text with a media type of its own is a part like any other; an image is not.
  if (typeof contentMediaType === 'string' && !/^text\/|json/.test(contentMediaType)) return true
  return isRecord(items) && isFile(items)
}
