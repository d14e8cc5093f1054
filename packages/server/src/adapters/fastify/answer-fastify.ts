import type { FastifyRequest } from 'fastify'
import type { Answer } from '../../creation/answer.ts'
import type { Creation } from '../../creation/creation.ts'
import type { CreationRequest } from '../../creation/creation-request.ts'
import { isBrokenOff } from '../shared/is-broken-off.ts'
import { toRefused } from './to-refused.ts'
import { toRequest } from './to-request.ts'

/** Asks a creation for its answer to a request of Fastify's. */
export function answerFastify(
  creation: Creation<FastifyRequest>,
  request: FastifyRequest,
  passes?: CreationRequest['passes'],
): Answer | Promise<Answer> {
  if (!isBrokenOff(request.raw)) return creation.handle(toRequest(request, passes))
  return creation.refuse('malformed-body', 'The body stops before its end.', toRefused(request))
}
