import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../../creation/answer.ts'
import type { CreationRequest } from '../../creation/creation-request.ts'
import type { Creation } from '../../creation/define-creation.ts'
import { requestIdOf } from '../../observe/request-id.ts'
import { answerFastify } from '../fastify/answer-fastify.ts'
import { send } from '../fastify/send.ts'

/** What differs between the platforms that Nest runs on. */
export interface Platform {
  answer(creation: Creation, request: unknown, passes: NonNullable<CreationRequest['passes']>): Answer | Promise<Answer>
  /** Whether somebody answered already, a timeout of the application's for one. */
  isAnswered(response: unknown): boolean
  send(response: unknown, answer: Answer): void
}

export const onFastify: Platform = {
  answer: (creation, request, passes) => answerFastify(creation, request as FastifyRequest, passes),
  isAnswered: (reply) => (reply as FastifyReply).sent,
  send: (reply, answer) => send(reply as FastifyReply, answer),
}

interface ExpressRequest {
  readonly id?: unknown
  readonly method: string
  readonly originalUrl: string
  readonly params: Record<string, string>
  readonly headers: Record<string, string | readonly string[] | undefined>
  readonly body?: unknown
  readonly rawBody?: Uint8Array
}
interface ExpressResponse {
  readonly headersSent: boolean
  statusCode: number
  setHeader(name: string, value: string): void
  end(body?: string): void
}

export const onExpress: Platform = {
  answer(creation, native, passes) {
    const { id, method, originalUrl, params, headers, body, rawBody } = native as ExpressRequest
    const mark = originalUrl.indexOf('?')
    return creation.handle({
      method,
      path: mark === -1 ? originalUrl : originalUrl.slice(0, mark),
      query: mark === -1 ? '' : originalUrl.slice(mark + 1),
      params,
      headers,
      body:
        rawBody instanceof Uint8Array
          ? { kind: 'raw', bytes: rawBody }
          : body === undefined
            ? { kind: 'absent' }
            : { kind: 'parsed', value: body },
      requestId: typeof id === 'string' || typeof id === 'number' ? String(id) : requestIdOf(headers),
      native,
      passes,
    })
  },
  isAnswered: (response) => (response as ExpressResponse).headersSent,
  send(response, { status, headers, body }) {
    const out = response as ExpressResponse
    out.statusCode = status
    for (const name in headers) out.setHeader(name, headers[name]!)
    out.end(body)
  },
}

/** Fastify wraps Node's request and Express extends it. */
export function platformOf(request: unknown): Platform {
  return 'raw' in (request as object) ? onFastify : onExpress
}
