import { isUtf8 } from 'node:buffer'
import { type FormField, type FormReading, malformed, tooLarge } from './form-field.ts'
import { FORM_LIMITS } from './form-limits.ts'

/**
 * Reads `multipart/form-data` (RFC 7578). A part is a file where it has a file name, or says that it is
 * `application/octet-stream`; one without a name and without content is what a browser sends where no file was chosen,
 * and is left out.
 */
export async function readMultipart(bytes: Buffer, contentType: string): Promise<FormReading> {
  // Loaded by the first such form: most services have none.
  const { Busboy } = await import('@fastify/busboy')
  return new Promise((resolve) => {
    const fields: FormField[] = []
    let file: string | undefined
    let refused: FormReading | undefined
    const finish = (): void => {
      if (file !== undefined) resolve({ kind: 'file', name: file })
      else if (refused !== undefined) resolve(refused)
      else if (!isUtf8(bytes)) resolve(malformed('The form is not in UTF-8.'))
      else resolve({ kind: 'fields', fields })
    }
    const fail = (): void =>
      resolve(refused ?? malformed('The parts of the form are not well-formed (RFC 7578, RFC 2046 §5.1).'))
    const tooMany = (): void => {
      refused ??= tooLarge(`A form may have ${FORM_LIMITS.fields} fields at most.`)
    }
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: {
          fields: FORM_LIMITS.fields,
          parts: FORM_LIMITS.fields + 1,
          // The body as a whole has a limit already.
          fieldSize: bytes.byteLength,
          headerPairs: FORM_LIMITS.partHeaders,
          headerSize: FORM_LIMITS.partHeaderBytes,
        },
      })
      parser.on('field', (name: string | undefined, text, _nameCut, _textCut, _coding, type) => {
        if (name === undefined) refused ??= malformed('A part of the form has no name.')
        else fields.push({ name: unescapeName(name), text, isJson: isJsonType(type) })
      })
      parser.on('file', (name: string | undefined, stream, fileName: string | undefined) => {
        let isEmpty = true
        stream.on('data', () => {
          isEmpty = false
        })
        stream.on('end', () => {
          if (!isEmpty || (fileName !== undefined && fileName !== '')) file ??= unescapeName(name ?? '')
        })
        stream.on('error', fail)
      })
      parser.on('fieldsLimit', tooMany)
      parser.on('partsLimit', tooMany)
      parser.on('error', fail)
      parser.on('finish', finish)
      parser.end(bytes)
    } catch {
      resolve(malformed('Content-Type names no boundary between the parts of the form.'))
    }
  })
}

/** As browsers write names (WHATWG HTML, multipart/form-data). */
function unescapeName(name: string): string {
  return name.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%22', '"')
}

function isJsonType(type: string): boolean {
  return /^application\/([^;\s]+\+)?json$/i.test(type)
}
