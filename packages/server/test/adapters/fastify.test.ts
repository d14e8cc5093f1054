import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createonce, toFastify } from '../../src/adapters/fastify.ts'
import { requestIdOf } from '../../src/observe/request-id.ts'
import { type AdapterHarness, type Before, describeAdapter, type OwnAnswer } from '../../src/testing/index.ts'

const serve =
  (withPlugin: boolean): AdapterHarness['serve'] =>
  async (routes, { prefix, before, http2 }) => {
    const options = { genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers), trustProxy: true }
    // A server over HTTP/2 has another type, and the same methods.
    const app = http2 ? (fastify({ ...options, http2 } as object) as FastifyInstance) : fastify(options)
    if (withPlugin) app.register(createonce)
    app.register(
      async (scope) => {
        if (before !== undefined) put(scope, before)
        for (const [path, creation] of Object.entries(routes)) {
          scope.post(path.replace(/\{(\w+)\}/g, ':$1'), toFastify(creation))
        }
      },
      { prefix },
    )
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    return { origin: `http://127.0.0.1:${port}`, close: () => app.close() }
  }

function put(scope: FastifyInstance, before: Before): void {
  const send = (reply: FastifyReply, { status, headers, body }: OwnAnswer) =>
    reply.code(status).headers(headers).send(body)
  scope.addHook('onRequest', async (_request, reply) => {
    if (before.kind === 'answers') return send(reply, before.answer)
    if (before.kind === 'throws') throw before.error
    for (const cookie of before.cookies()) reply.header('Set-Cookie', cookie)
    return undefined
  })
  if (before.kind === 'throws') {
    scope.setErrorHandler((error, _request, reply) =>
      error === before.error ? send(reply, before.answer) : reply.send(error),
    )
  }
}

const runner = { afterEach, beforeEach, describe, it }

describeAdapter(
  { name: 'fastify with the plugin', rawBodies: true, refusals: true, http2: true, serve: serve(true) },
  runner,
)
describeAdapter({ name: 'fastify alone', rawBodies: false, refusals: false, http2: true, serve: serve(false) }, runner)
