import type { CapturedResponse } from '../../guard/captured-response.ts'
import type { Guard } from '../../guard/guard.ts'

/** A response whose answer is known, and what is sent of it once that is recorded. */
export interface HeldResponse {
  readonly captured: CapturedResponse
  readonly response: Response
}

// Its reader waits for every event: holding them back would be to send none.
const EVENTS = /^text\/event-stream\b/i

/**
 * Reads a response until its end, its limit of bytes or its time. Whole, it is sent from memory; otherwise what was read
 * goes out first and the rest follows as it comes.
 */
export async function captureFetchResponse(
  response: Response,
  { maxHeldBytes, holdMs, time }: Pick<Guard, 'maxHeldBytes' | 'holdMs' | 'time'>,
): Promise<HeldResponse> {
  const { status, statusText } = response
  const headers = new Headers(response.headers)
  const known = { status, headers: Object.fromEntries(headers) }
  if (response.body === null) return { captured: { ...known, body: new Uint8Array() }, response }
  if (EVENTS.test(headers.get('content-type') ?? '')) return { captured: { ...known, body: undefined }, response }

  const reader = response.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  let isLate = false
  let cancel = (): void => {}
  const late = new Promise<'late'>((resolve) => {
    cancel = time.after(holdMs, () => {
      isLate = true
      resolve('late')
    })
  })
  let pending: ReturnType<typeof reader.read> | undefined
  while (!isLate && length <= maxHeldBytes) {
    pending = reader.read()
    const next = await Promise.race([pending, late])
    if (next === 'late') break
    pending = undefined
    if (next.done) {
      cancel()
      const body = Buffer.concat(chunks, length)
      return { captured: { ...known, body }, response: new Response(body, { status, statusText, headers }) }
    }
    chunks.push(next.value)
    length += next.value.byteLength
  }
  cancel()
  const rest = follow(chunks, reader, pending)
  return { captured: { ...known, body: undefined }, response: new Response(rest, { status, statusText, headers }) }
}

/** What was read, then the rest, one piece for each that the client takes. */
function follow(
  chunks: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
  pending: Promise<{ done: boolean; value?: Uint8Array | undefined }> | undefined,
): ReadableStream<Uint8Array> {
  let next = pending
  return new ReadableStream({
    async pull(controller) {
      const held = chunks.shift()
      if (held !== undefined) return controller.enqueue(held)
      const { done, value } = await (next ?? reader.read())
      next = undefined
      if (done) controller.close()
      else controller.enqueue(value!)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
