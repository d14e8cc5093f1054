import type { RequestBody } from '../../creation/creation-request.ts'
import type { NodeRequest } from './node-message.ts'
import { toRawBody } from './to-raw-body.ts'

/** Where body parsers leave what they read. */
export interface Kept {
  /** The bytes or the text as sent, where somebody kept them. */
  readonly rawBody?: unknown
  /** What the parser made of them. */
  readonly body?: unknown
}

/**
 * The body as somebody before us read it: rather its bytes than what a parser made of them. `undefined` where nobody has,
 * whatever `body` says: some parsers leave an empty object for a type that is not theirs.
 */
export function bodyAtHand(request: NodeRequest, { rawBody, body }: Kept): RequestBody | undefined {
  if (typeof rawBody === 'string') return toRawBody(Buffer.from(rawBody))
  if (rawBody instanceof Uint8Array) return toRawBody(rawBody)
  if (!request.readableDidRead && !request.readableEnded) return undefined
  if (body instanceof Uint8Array) return toRawBody(body)
  if (body !== undefined) return { kind: 'parsed', value: body }
  return hasBody(request) ? { kind: 'lost' } : { kind: 'absent' }
}

/** Whether the framing says that there is a body (RFC 9112 §6): one that is not empty, as far as that is known. */
function hasBody({ headers }: NodeRequest): boolean {
  return Number(headers['content-length'] ?? 0) > 0
}
