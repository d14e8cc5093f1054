import { isFormMediaType } from '../target/form-media-type.ts'

// Fixed, so that a request can be repeated by its curl line; no generated text has it.
const boundary = 'createonce-7d1f0a5c9e'

/**
 * The content of a request and its Content-Type, for a body of JSON values and a media type.
 *
 * @param deep - the members of a form whose objects are spelled out: `address[city]=Rome`.
 */
export function encodeContent(
  body: unknown,
  mediaType: string,
  deep: readonly string[] = [],
): { content: string; type: string } {
  if (body === undefined) return { content: '', type: mediaType }
  if (!isFormMediaType(mediaType)) return { content: JSON.stringify(body), type: mediaType }
  const fields = fieldsOf(body, deep)
  if (!mediaType.toLowerCase().startsWith('multipart'))
    return {
      content: new URLSearchParams(fields.map(({ name, text }): [string, string] => [name, text])).toString(),
      type: mediaType,
    }
  const parts = fields.map(
    ({ name, text, isJson }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n${isJson ? 'Content-Type: application/json\r\n' : ''}\r\n${text}\r\n`,
  )
  return { content: `${parts.join('')}--${boundary}--\r\n`, type: `multipart/form-data; boundary=${boundary}` }
}

interface Field {
  readonly name: string
  readonly text: string
  readonly isJson: boolean
}

/**
 * Lists repeat their name, objects are JSON and their parts say so (OpenAPI 3.1 §4.8.15), or are spelled out, and what is
 * null is left out.
 */
function fieldsOf(body: unknown, deep: readonly string[]): Field[] {
  return Object.entries(body as Record<string, unknown>).flatMap(([name, value]) => {
    if (deep.includes(name)) return spelledOut(name, value)
    return (Array.isArray(value) ? value : [value])
      .filter((one) => one !== null && one !== undefined)
      .map((one) => {
        const isJson = typeof one === 'object'
        return { name, isJson, text: isJson ? JSON.stringify(one) : String(one) }
      })
  })
}

/** As `style: deepObject` has it, and as deep as the object is: what is below the first level is left open there. */
function spelledOut(name: string, value: unknown): Field[] {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [{ name, text: String(value), isJson: false }]
  if (Array.isArray(value)) return value.flatMap((one) => spelledOut(`${name}[]`, one))
  return Object.entries(value).flatMap(([inner, one]) => spelledOut(`${name}[${inner}]`, one))
}

/** As browsers write a name (WHATWG HTML, multipart/form-data). */
function escaped(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}
