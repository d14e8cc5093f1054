import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
  RouteOptions,
} from 'fastify'
import type { Answer } from '../creation/answer.ts'
import type { RequestBody } from '../creation/creation-request.ts'
import type { Creation, Refused } from '../creation/define-creation.ts'
import type { ProblemCode } from '../creation/problems/problem-entry.ts'
import { problemPage } from '../creation/problems/problem-page.ts'
import { createRouteTable } from './route-table.ts'

const CREATION = Symbol('createonce.creation')

// Handlers are bound by Fastify and lose their marks, so the route's config carries one too.
type MarkedConfig = { readonly [CREATION]?: true }

type CreationHandler = RouteHandlerMethod & { readonly [CREATION]?: Creation<FastifyRequest> }

/**
 * Mounts a creation on a route. Works with bodies that Fastify parsed; with the plugin {@link createonce} it gets the
 * raw bytes, and refusals of Fastify's own become problems too.
 *
 * @example
 * app.register(createonce)
 * app.post('/orders', toFastify(createOrder))
 */
export function toFastify(creation: Creation<FastifyRequest>): RouteHandlerMethod {
  const handler = (request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined => {
    const { url, query } = splitUrl(request.originalUrl)
    const answer = creation.handle({
      method: request.method,
      path: url,
      query,
      params: request.params as Record<string, string>,
      headers: request.headers,
      body: toBody(request.body),
      requestId: request.id,
      native: request,
    })
    // Nothing is returned but the wait: Fastify would watch a returned reply until its last byte is sent.
    if (answer instanceof Promise) return answer.then((known) => send(reply, known))
    send(reply, answer)
    return undefined
  }
  return Object.assign(handler, { [CREATION]: creation }) as CreationHandler
}

/**
 * The Fastify plugin: creations read the bytes as they were sent, and 405, 413 and 415 are answered as problems.
 * Register it before the routes. Routes without a creation behave as before.
 */
export const createonce: FastifyPluginCallback = Object.assign(
  (app: FastifyInstance, _options: object, done: () => void): void => {
    const table = createRouteTable<Creation<FastifyRequest>>()

    app.addHook('onRoute', (route) => {
      const creation = (route.handler as CreationHandler)[CREATION]
      for (const method of [route.method].flat()) table.add(route.url, method, creation)
      if (creation !== undefined) takeCareOf(route, creation)
    })

    app.addHook('onRequest', (request, reply, next) => {
      if (!request.is404) return next()
      const found = table.find(splitUrl(request.originalUrl).url)
      if (found === undefined) return next()
      send(reply, refuseMethod(found.creation, found.methods, request))
    })

    // Replaces the parser of the whole instance, since Fastify has none per route; other routes get the default one.
    const parseOtherwise = app.getDefaultJsonParser('error', 'error')
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, parsed) => {
      if (isCreation(request)) parsed(null, bytes)
      else parseOtherwise(request, bytes.toString(), parsed)
    })
    app.addContentTypeParser(/^application\/[^;]+\+json/i, { parseAs: 'buffer' }, (request, bytes: Buffer, parsed) => {
      if (isCreation(request)) parsed(null, bytes)
      else
        parsed(
          Object.assign(new Error('Unsupported Media Type'), {
            statusCode: 415,
            code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE',
          }),
        )
    })
    done()
  },
  // Fastify's mark for a plugin that works on the instance it is registered on, and not in a capsule of its own.
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: 'createonce' },
)

/**
 * The pages behind the `type` of problems, for a route with the parameter `code` below `problemTypes`.
 *
 * @example
 * app.get('/problems/:code', problemPages)
 */
export const problemPages: RouteHandlerMethod = (request, reply) => {
  send(reply, problemPage((request.params as { code: string }).code, request.headers.accept))
}

function isCreation(request: FastifyRequest): boolean {
  return (request.routeOptions.config as MarkedConfig)[CREATION] === true
}

// What Fastify refuses before a handler runs, as codes of the problem catalogue.
const REFUSALS: Readonly<Record<string, { code: ProblemCode; detail: string; headers?: Record<string, string> }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'content-too-large', detail: 'The body is larger than this creation takes.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail: 'The content is not labelled as JSON; send application/json in UTF-8.',
    headers: { 'Accept-Post': 'application/json' },
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'malformed-body',
    detail: 'The body is shorter or longer than Content-Length says.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'malformed-body', detail: 'The body is empty; a JSON value is needed.' },
}

function takeCareOf(route: RouteOptions, creation: Creation<FastifyRequest>): void {
  route.config = { ...route.config, [CREATION]: true } as NonNullable<RouteOptions['config']>
  route.bodyLimit ??= creation.maxBodyBytes
  route.errorHandler ??= (error: FastifyError, request, reply) => {
    const refusal = REFUSALS[error.code]
    // Anything else is the application's: its authentication, its hooks. Thrown on, it reaches its own handler.
    if (refusal === undefined) throw error
    const limit = refusal.code === 'content-too-large' ? ` At most ${route.bodyLimit} bytes are taken.` : ''
    send(reply, creation.refuse(refusal.code, refusal.detail + limit, toRefused(request), refusal.headers))
  }
}

function refuseMethod(creation: Creation<FastifyRequest>, methods: readonly string[], request: FastifyRequest): Answer {
  const allow = { Allow: [...methods, 'OPTIONS'].join(', '), 'Accept-Post': 'application/json' }
  if (request.method === 'OPTIONS') return { status: 204, headers: allow }
  return creation.refuse('method-not-allowed', `${request.method} is not possible here.`, toRefused(request), {
    Allow: allow.Allow,
  })
}

function toRefused({ id, headers }: FastifyRequest): Refused {
  return { requestId: id, traceparent: headers['traceparent'] }
}

function send(reply: FastifyReply, { status, headers, body }: Answer): void {
  reply.code(status)
  for (const name in headers) reply.header(name, headers[name])
  reply.send(body)
}

function toBody(body: unknown): RequestBody {
  if (body === undefined) return { kind: 'absent' }
  if (body instanceof Uint8Array) return body.byteLength === 0 ? { kind: 'absent' } : { kind: 'raw', bytes: body }
  return { kind: 'parsed', value: body }
}

function splitUrl(url: string): { url: string; query: string } {
  const mark = url.indexOf('?')
  return mark === -1 ? { url, query: '' } : { url: url.slice(0, mark), query: url.slice(mark + 1) }
}
