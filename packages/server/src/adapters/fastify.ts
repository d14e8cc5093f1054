import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
  RouteOptions,
} from 'fastify'
import type { Creation } from '../creation/creation.ts'
import { CREATION } from '../creation/creation-mark.ts'
import type { ProblemCode } from '../creation/problems/problem-entry.ts'
import { problemPage } from '../creation/problems/problem-page.ts'
import { answerFastify } from './fastify/answer-fastify.ts'
import { noteRoute, routesOf } from './fastify/early-routes.ts'
import { send } from './fastify/send.ts'
import { toRefused } from './fastify/to-refused.ts'
import { createRouteTable } from './route-table.ts'
import { refuseMethod } from './shared/refuse-method.ts'
import { splitUrl } from './shared/split-url.ts'

// Marks an instance that has the plugin, for its scopes.
const PLUGIN = Symbol('createonce.plugin')

const TOO_LATE =
  'The plugin createonce was registered after the route of {operation}, whose body and refusals it could not take care of any more. ' +
  'Write `await app.register(createonce)` before the routes, or put them into a `register` of their own behind it.'

// Handlers are bound by Fastify and lose their marks, so the route's config carries one too.
type MarkedConfig = { readonly [CREATION]?: true }

type CreationHandler = RouteHandlerMethod & { readonly [CREATION]?: Creation<FastifyRequest> }

/**
 * Mounts a creation on a route. Works with bodies that Fastify parsed; with the plugin {@link createonce} it gets the
 * raw bytes, and refusals of Fastify's own become problems too.
 *
 * @example
 * await app.register(createonce)
 * app.post('/orders', toFastify(createOrder))
 */
export function toFastify(creation: Creation<FastifyRequest>): RouteHandlerMethod {
  const handler = (request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined => {
    const answer = answerFastify(creation, request)
    // Nothing is returned but the wait: Fastify would watch a returned reply until its last byte is sent.
    if (answer instanceof Promise) return answer.then((known) => send(reply, known))
    send(reply, answer)
    return undefined
  }
  // Fastify binds a handler to the instance that takes its route. This one needs no `this`, and tells where it went.
  const bind = (app: FastifyInstance): CreationHandler => {
    if (!(PLUGIN in app)) noteRoute(app, creation.operation)
    return marked
  }
  const marked = Object.assign(handler, { [CREATION]: creation, bind }) as CreationHandler
  return marked
}

/**
 * The Fastify plugin: creations read the bytes as they were sent, and 405, 413 and 415 are answered as problems.
 * Routes without a creation behave as before. Register it before the routes of creations: `await app.register(createonce)`,
 * or with the routes in a `register` of their own behind it. Fails the start where it comes too late.
 */
export const createonce: FastifyPluginCallback = Object.assign(
  (app: FastifyInstance, _options: object, done: (error?: Error) => void): void => {
    const [early] = routesOf(app)
    // A scope inherits what its parent has, and needs it no second time.
    if (early !== undefined || PLUGIN in app) {
      done(early === undefined ? undefined : new Error(TOO_LATE.replace('{operation}', early)))
      return
    }
    Object.assign(app, { [PLUGIN]: true })
    const table = createRouteTable<Creation<FastifyRequest>>()

    app.addHook('onRoute', (route) => {
      const creation = (route.handler as CreationHandler)[CREATION]
      for (const method of [route.method].flat()) table.add(route.url, method, creation)
      if (creation !== undefined) takeCareOf(route, creation)
    })

    app.addHook('onRequest', (request, reply, next) => {
      if (!request.is404) return next()
      const found = table.find(splitUrl(request.originalUrl).path)
      if (found === undefined) return next()
      send(reply, refuseMethod(found.creation, request.method, found.methods, toRefused(request)))
    })

    // Replaces the parser of the whole instance, since Fastify has none per route; other routes get the default one.
    const { onProtoPoisoning = 'error', onConstructorPoisoning = 'error' } = app.initialConfig
    const parseOtherwise = app.getDefaultJsonParser(onProtoPoisoning, onConstructorPoisoning)
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
