/** The bytes of a body, or that there are more than are taken. */
export type BoundedBody =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }

/** Reads the body of a fetch request, up to `maxBytes`. What is beyond is not read, so that memory is bounded. */
export async function readBounded(request: Request, maxBytes: number): Promise<BoundedBody> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes) return { kind: 'too-large' }
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body !== null) {
    const reader = request.body.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.byteLength
      if (length > maxBytes) {
        await reader.cancel()
        return { kind: 'too-large' }
      }
      chunks.push(next.value)
    }
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks, length) }
}
