import type { Answer } from '../../creation/answer.ts'
import type { Creation } from '../../creation/creation.ts'
import type { CreationRequest, RequestBody } from '../../creation/creation-request.ts'
import { bodyAtHand, type Kept } from './body-at-hand.ts'
import { isBrokenOff } from './is-broken-off.ts'
import type { NodeRequest } from './node-message.ts'
import { type BodyReading, readBytes } from './read-bytes.ts'
import { splitUrl } from './split-url.ts'

/** A request of a framework on Node. */
export interface Message<Native> {
  /** Node's request under it. */
  readonly raw: NodeRequest
  readonly native: Native
  /** The target as the client asked for it, before anybody mounted anything. */
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  readonly kept: Kept
  /** As in {@link CreationRequest}. */
  readonly passes?: CreationRequest['passes']
}

/**
 * Brings a request to a creation, and the answer back: with the bytes as they were sent where they can still be had. Answers
 * 413 for what is larger than the creation takes, and 400 for a body that stops before its end.
 */
export function answerMessage<Native>(creation: Creation<Native>, message: Message<Native>): Answer | Promise<Answer> {
  const { raw, kept } = message
  if (Number(raw.headers['content-length']) > creation.maxBodyBytes)
    return proceed(creation, message, { kind: 'too-large' })
  const body = bodyAtHand(raw, kept)
  if (body === undefined) {
    return readBytes(raw, creation.maxBodyBytes).then((reading) => proceed(creation, message, reading))
  }
  if (isBrokenOff(raw)) return proceed(creation, message, { kind: 'broken-off' })
  // Whoever read the body has decoded it, or refused to.
  return hand(creation, message, body, { ...raw.headers, 'content-encoding': undefined })
}

function proceed<Native>(
  creation: Creation<Native>,
  message: Message<Native>,
  reading: BodyReading,
): Answer | Promise<Answer> {
  const { raw, requestId } = message
  const refused = { requestId, traceparent: raw.headers['traceparent'] }
  switch (reading.kind) {
    case 'too-large':
      return creation.refuse('content-too-large', `At most ${creation.maxBodyBytes} bytes are taken.`, refused)
    case 'broken-off':
      return creation.refuse('malformed-body', 'The body stops before its end.', refused)
    default:
      return hand(creation, message, reading, raw.headers)
  }
}

function hand<Native>(
  creation: Creation<Native>,
  { raw, native, url, params, requestId, passes }: Message<Native>,
  body: RequestBody,
  headers: CreationRequest['headers'],
): Answer | Promise<Answer> {
  const { path, query } = splitUrl(url)
  return creation.handle({
    method: raw.method ?? 'POST',
    path,
    query,
    params,
    headers,
    body,
    requestId,
    native,
    passes,
  })
}
