import { exposeHeaders } from '@createonce/server'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Whom pages may call for. */
export interface CorsOptions {
  /** As browsers write them, `https://app.example.com`; with `*` every one. */
  readonly origins: readonly string[]
  /** Header lines that requests may have besides the usual ones, such as that of an API key. */
  readonly allowHeaders?: readonly string[]
}

// What a client of a creation sends, and browsers ask for before they do.
const ALLOWED = [
  'Content-Type',
  'Accept',
  'Authorization',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'traceparent',
] as const
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
// What Chromium takes at most; longer is cut, shorter asks more often.
const MAX_AGE_S = '7200'

/**
 * Lets pages of other origins call (WHATWG Fetch, §3.3 "CORS protocol"): answers preflights before anybody authenticates,
 * and shows pages the header lines that a creation answers with. Credentials go with named origins only, never with `*`.
 *
 * An OPTIONS that is no preflight goes on to the routes. That is why this is no package: `@fastify/cors` takes every
 * OPTIONS for itself, so that creations could not answer theirs.
 */
export function addCors(app: FastifyInstance, { origins, allowHeaders = [] }: CorsOptions): void {
  if (origins.length === 0) return
  const everybody = origins.includes('*')
  const named = new Set(origins)
  const exposed = exposeHeaders.join(', ')
  const allowed = [...new Set([...ALLOWED, ...allowHeaders])].join(', ')

  app.addHook('onRequest', (request, reply, next) => {
    const { origin } = request.headers
    if (origin === undefined || !(everybody || named.has(origin))) return next()
    reply.header('Access-Control-Allow-Origin', everybody ? '*' : origin)
    if (!everybody) reply.header('Access-Control-Allow-Credentials', 'true')
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      reply.header('Access-Control-Expose-Headers', exposed)
      return next()
    }
    reply
      .code(204)
      .header('Access-Control-Allow-Methods', METHODS)
      .header('Access-Control-Allow-Headers', allowed)
      .header('Access-Control-Max-Age', MAX_AGE_S)
      .send()
  })
  // Also where the origin is not allowed: a cache must not give one origin's answer to another. At the end, because an
  // answer that has a Vary of its own would replace this one.
  if (!everybody) {
    app.addHook('onSend', (_request, reply, payload, done) => {
      addVary(reply, 'Origin')
      done(null, payload)
    })
  }
}

function addVary(reply: FastifyReply, name: string): void {
  const known = [reply.getHeader('Vary') ?? []].flat().join(', ')
  const names = known.split(',').map((one) => one.trim().toLowerCase())
  if (names.includes(name.toLowerCase()) || names.includes('*')) return
  reply.header('Vary', known === '' ? name : `${known}, ${name}`)
}
