import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../../creation/answer.ts'
import type { Guard } from '../../guard/guard.ts'
import { splitUrl } from '../shared/split-url.ts'
import { captureResponse, type ResponseCapture } from './capture-response.ts'
import { takeBody } from './take-body.ts'

/** A request of `node:http`, as a framework on top of it has it. */
export interface NodeExchange<Native> {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path and query as they were asked for, whatever the framework has mounted where. */
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  /** The framework's own request. */
  readonly native: Native
  /** What a parser before has made of the body. */
  readonly parsed: { readonly body: unknown; readonly rawBody?: unknown }
  /** Lets the request go on to its handler; may throw, or reject. */
  proceed(): unknown
  /** Sends an answer in place of the handler's, where it did not run. */
  answer(answer: Answer): void
}

/** The way of a guarded request through a framework on `node:http`. */
export async function guardNodeRequest<Native>(guard: Guard<Native>, exchange: NodeExchange<Native>): Promise<void> {
  const { request, response, url, params, requestId, native, proceed, answer } = exchange
  const { headers } = request
  const body = await takeBody(request, exchange.parsed, guard.maxBodyBytes)
  // Nobody is there to be answered, and what was sent is not known.
  if (body.kind === 'gone') return
  if (body.kind === 'too-large') {
    // The rest is not read: the connection can't be used again.
    response.setHeader('Connection', 'close')
    answer(guard.refuseSize({ requestId, headers }))
    return
  }
  let capture: ResponseCapture | undefined
  const guarded = await guard.handle(
    {
      method: request.method!,
      ...splitUrl(url),
      params,
      headers,
      body,
      requestId,
      native,
    },
    () => {
      const begun = captureResponse(response, guard)
      capture = begun
      return new Promise((resolve, reject) => {
        begun.answered.then(resolve, reject)
        // A handler that has returned may answer later; only one that fails has ended.
        new Promise((done) => done(proceed())).catch(reject)
      })
    },
  )
  if (guarded.kind === 'captured') capture!.release()
  else if (capture === undefined) answer(guarded.answer)
  else capture.replace(guarded.answer)
}
