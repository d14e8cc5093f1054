import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { requestId } from 'hono/request-id'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { otherMethods, toHono } from '../../src/adapters/hono.ts'
import { type AdapterHarness, type Before, describeAdapter, type OwnAnswer } from '../../src/testing/index.ts'
import { thisRuntime } from './fetch/this-runtime.ts'

const harness = (name: string, ...middleware: readonly MiddlewareHandler[]): AdapterHarness => ({
  name,
  rawBodies: true,
  refusals: true,
  ...thisRuntime.can,
  serve(routes, { prefix, before, http2 }) {
    const app = new Hono()
    for (const one of middleware) app.use(one)
    if (before !== undefined) put(app, before)
    for (const [template, creation] of Object.entries(routes)) {
      const path = template.replace(/\{(\w+)\}/g, ':$1')
      app.post(path, toHono(creation))
      app.all(path, otherMethods(creation))
    }
    return thisRuntime.serve(prefix === '' ? app.fetch : new Hono().route(prefix, app).fetch, { http2 })
  },
})

function put(app: Hono, before: Before): void {
  const send = (c: Context, { status, headers, body }: OwnAnswer) =>
    c.body(body, status as ContentfulStatusCode, headers)
  app.use(async (c, next) => {
    if (before.kind === 'answers') return send(c, before.answer)
    if (before.kind === 'throws') throw before.error
    for (const cookie of before.cookies()) c.header('Set-Cookie', cookie, { append: true })
    return next()
  })
  if (before.kind === 'throws') {
    app.onError((error, c) => {
      if (error !== before.error) throw error
      return send(c, before.answer)
    })
  }
}

const runner = { afterEach, beforeEach, describe, it }

describeAdapter(harness('hono'), runner)
describeAdapter(harness('hono with its request id', requestId()), runner)
describeAdapter(
  harness('hono, where a validator read the body before', async (c, next) => {
    await c.req.json().catch(() => undefined)
    await next()
  }),
  runner,
)
