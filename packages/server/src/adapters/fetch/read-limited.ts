import { declaredLength } from './declared-length.ts'
import { type LimitedBody, limitedBody } from './limited-body.ts'

/**
 * Reads the body of a request, and of one that is longer than `maxBytes` no more than that and one chunk. Throws where
 * the body was read before: the service lost it, and no client can help.
 *
 * @param readAll reads a body whose length is known and allowed: on every runtime faster than its stream.
 */
export async function readLimited(
  request: Request,
  maxBytes: number,
  readAll: () => Promise<ArrayBuffer> = () => request.arrayBuffer(),
): Promise<LimitedBody> {
  if (request.bodyUsed) throw bodyUsedError()
  const declared = declaredLength(request.headers)
  if (declared !== undefined && declared > maxBytes) return { kind: 'too-large' }
  if (declared === undefined && request.body?.locked) throw bodyUsedError()
  try {
    // No server hands out more than was declared (RFC 9112 §6.3), so that it need not be counted.
    if (declared !== undefined) return limitedBody(new Uint8Array(await readAll()), declared)
    return request.body === null ? { kind: 'absent' } : await readStream(request.body, maxBytes)
  } catch {
    // Each runtime throws something else, and not all of them abort the request's signal.
    return { kind: 'cut-off' }
  }
}

async function readStream(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<LimitedBody> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return limitedBody(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length), undefined)
    length += value.byteLength
    if (length > maxBytes) {
      // Not cancelled: on Node that closes the connection, and the client would never see why.
      reader.releaseLock()
      return { kind: 'too-large' }
    }
    chunks.push(value)
  }
}

function bodyUsedError(): TypeError {
  return new TypeError(
    'The body of this request was read before the creation could read it. Let whatever reads it first read a copy, request.clone(); in Hono, read it by c.req.json() and not by c.req.raw.',
  )
}
