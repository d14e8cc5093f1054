import { isUtf8 } from 'node:buffer'
import { type FormField, type FormReading, malformed, tooLarge } from './form-field.ts'
import { FORM_LIMITS } from './form-limits.ts'

/**
 * Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1): a `+` is a space, a `%` that escapes nothing is a `%`.
 * Unlike there, bytes that are no UTF-8 are refused: replaced, what was kept would not be what was sent.
 */
export function readUrlencoded(bytes: Buffer): FormReading {
  const fields: FormField[] = []
  const text = bytes.toString('latin1')
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('&', start)
    const pair = text.slice(start, end === -1 ? text.length : end)
    start = end === -1 ? text.length : end + 1
    if (pair === '') continue
    if (fields.length === FORM_LIMITS.fields) return tooLarge(`A form may have ${FORM_LIMITS.fields} fields at most.`)
    const at = pair.indexOf('=')
    const name = decode(at === -1 ? pair : pair.slice(0, at))
    const value = decode(at === -1 ? '' : pair.slice(at + 1))
    if (name === undefined || value === undefined) return malformed('The form is not in UTF-8.')
    fields.push({ name, text: value, isJson: false })
  }
  return { kind: 'fields', fields }
}

function decode(latin1: string): string | undefined {
  // What an escape stands for is a byte, which is a character of Latin-1.
  const bytes = Buffer.from(
    latin1
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}
