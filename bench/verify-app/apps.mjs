import { answerOf } from './items.mjs'

/** The same service in each framework; what is imported is a part of what a test waits for anyway. */
export const apps = {
  async Fastify() {
    const { default: fastify } = await import('fastify')
    const answer = answerOf()
    const app = fastify()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, bytes, done) => done(null, bytes))
    app.all('/*', (request, reply) => {
      const { status, headers, body } = answer({
        method: request.method,
        path: request.url.split('?')[0],
        type: request.headers['content-type'] ?? '',
        bytes: request.body ?? Buffer.alloc(0),
      })
      return reply.code(status).headers(headers).send(body)
    })
    return app
  },
  async Express() {
    const { default: express } = await import('express')
    const answer = answerOf()
    return express()
      .use(express.raw({ type: () => true, limit: '20mb' }))
      .use((request, response) => {
        const { status, headers, body } = answer({
          method: request.method,
          path: request.path,
          type: request.headers['content-type'] ?? '',
          bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        })
        response.writeHead(status, headers).end(body)
      })
  },
  async Hono() {
    const { Hono } = await import('hono')
    const answer = answerOf()
    return new Hono().all('*', async (context) => {
      const { status, headers, body } = answer({
        method: context.req.method,
        path: context.req.path,
        type: context.req.header('content-type') ?? '',
        bytes: new Uint8Array(await context.req.arrayBuffer()),
      })
      return new Response(status === 204 ? null : body, { status, headers })
    })
  },
}
