import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../problem.ts'
import { setPrincipal } from './principal-of.ts'
import type { Outcome } from './to-security.ts'

const TITLES = { 401: 'Unauthorized', 403: 'Forbidden' } as const

/** An `onRequest` hook that refuses whom a check refuses, as a problem, before the body is read. */
export function toGuard(check: (request: FastifyRequest) => Promise<Outcome>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    // Browsers ask without credentials whether they may send them (WHATWG Fetch, "CORS-preflight fetch").
    if (request.method === 'OPTIONS') return undefined
    const outcome = await check(request)
    if (outcome.kind === 'anybody') return undefined
    // One caller's answer must not be given to another by a cache that knows only the URL.
    if (outcome.kind === 'principal') {
      setPrincipal(request, outcome.id)
      reply.header('Cache-Control', 'private')
      return undefined
    }
    const { status, headers, detail } = outcome
    reply.header('Cache-Control', 'no-store').header('WWW-Authenticate', [...headers['WWW-Authenticate']])
    return sendProblem(reply, { status, title: TITLES[status], detail })
  }
}
