import type { IncomingMessage } from 'node:http'
import type { RequestBody } from '../../creation/creation-request.ts'
import { isJsonMediaType } from '../../creation/headers/media-type.ts'

/** What became of the body. */
export type TakenBody =
  | RequestBody
  | { readonly kind: 'too-large' }
  /** The client is gone before it had sent everything. */
  | { readonly kind: 'gone' }

/**
 * Takes the body of a request of `node:http`: the bytes, which are put back so that whoever comes next reads them as if
 * nobody had, or what a parser before has made of them.
 */
export async function takeBody(
  request: IncomingMessage,
  parsed: { readonly body: unknown; readonly rawBody?: unknown },
  maxBytes: number,
): Promise<TakenBody> {
  if (!request.readableDidRead) return readAndPutBack(request, maxBytes)
  for (const bytes of [parsed.rawBody, parsed.body]) {
    if (bytes instanceof Uint8Array) return toRaw(bytes)
    if (typeof bytes === 'string') return toRaw(Buffer.from(bytes))
  }
  const { body } = parsed
  if (isAbsent(request)) return { kind: 'absent' }
  const type = request.headers['content-type']
  if (body !== undefined && (isJsonMediaType(type) || /^application\/x-www-form-urlencoded\b/i.test(type ?? ''))) {
    return { kind: 'parsed', value: body }
  }
  throw new TypeError(
    'The body was read before the guard, and cannot be digested any more: mount idempotent() before what reads forms, files or streams.',
  )
}

function isAbsent({ headers, httpVersionMajor }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return false
  // HTTP/2 frames a body without either header.
  return headers['content-length'] === '0' || (headers['content-length'] === undefined && httpVersionMajor === 1)
}

function toRaw(bytes: Uint8Array): RequestBody {
  return bytes.byteLength === 0 ? { kind: 'absent' } : { kind: 'raw', bytes }
}

/** Whether the last byte has arrived; the compatibility layer of HTTP/2 says so on its stream only. */
function hasAll(request: IncomingMessage): boolean {
  return request.complete || (request as { stream?: { readableEnded?: boolean } }).stream?.readableEnded === true
}

function readAndPutBack(request: IncomingMessage, maxBytes: number): TakenBody | Promise<TakenBody> {
  if (isAbsent(request)) return { kind: 'absent' }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'too-large' }
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const end = (taken: TakenBody): void => {
      request.off('readable', read)
      request.off('close', close)
      request.off('error', close)
      resolve(taken)
    }
    const close = (): void => end({ kind: 'gone' })
    const read = (): void => {
      // A stream whose end has been read has ended for whoever comes next, too: of an empty one nothing is read.
      while (request.readableLength > 0) {
        const chunk = request.read() as Buffer | null
        if (chunk === null) break
        chunks.push(chunk)
        length += chunk.byteLength
        if (length > maxBytes) {
          end({ kind: 'too-large' })
          return
        }
      }
      if (!hasAll(request)) {
        // Asks for more; there is nothing to be had yet.
        request.read(0)
        return
      }
      const bytes = Buffer.concat(chunks, length)
      // In the same turn as the last read: 'end' is emitted in the next one, and only if nothing has come back.
      if (length > 0) request.unshift(bytes)
      end(toRaw(bytes))
    }
    request.on('readable', read)
    request.on('close', close)
    request.on('error', close)
  })
}
