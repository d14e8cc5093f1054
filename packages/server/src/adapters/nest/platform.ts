import type { Request, Response } from 'express'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../../creation/answer.ts'
import type { Creation } from '../../creation/creation.ts'
import type { CreationRequest } from '../../creation/creation-request.ts'
import { answerFastify } from '../fastify/answer-fastify.ts'
import { send } from '../fastify/send.ts'
import { answerMessage } from '../shared/answer-message.ts'
import { requestIdOfMessage } from '../shared/request-id-of-message.ts'
import { toParams } from '../shared/to-params.ts'
import { writeAnswer } from '../shared/write-answer.ts'

type Passes = NonNullable<CreationRequest['passes']>

/** What differs between the platforms that Nest runs on. Neither sends where somebody else has answered. */
export interface Platform {
  answer(creation: Creation, request: unknown, passes: Passes): Answer | Promise<Answer>
  send(response: unknown, answer: Answer): void
}

const onFastify: Platform = {
  answer: (creation, request, passes) => answerFastify(creation, request as FastifyRequest, passes),
  send: (reply, answer) => send(reply as FastifyReply, answer),
}

const onExpress: Platform = {
  answer(creation, native, passes) {
    const request = native as Request
    return answerMessage(creation, {
      raw: request,
      native,
      url: request.originalUrl,
      params: toParams(request.params),
      requestId: requestIdOfMessage(request),
      kept: request,
      passes,
    })
  },
  send: (response, answer) => writeAnswer(response as Response, answer),
}

/** Fastify wraps Node's request, and Express extends it. */
export function platformOf(request: unknown): Platform {
  return 'raw' in (request as object) ? onFastify : onExpress
}
