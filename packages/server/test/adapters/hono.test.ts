import { Hono } from 'hono'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { otherMethods, toHono } from '../../src/adapters/hono.ts'
import type { Creation } from '../../src/index.ts'
import { type AdapterHarness, describeAdapter } from '../../src/testing/index.ts'
import { serveFetch } from './serve-fetch.ts'

function mount(app: Hono, routes: Readonly<Record<string, Creation>>): Hono {
  for (const [template, creation] of Object.entries(routes)) {
    const path = template.replace(/\{(\w+)\}/g, ':$1')
    app.post(path, toHono(creation))
    app.all(path, otherMethods(creation))
  }
  return app
}

const runner = { afterEach, beforeEach, describe, it }
const hono = { rawBodies: true, refusals: true } satisfies Partial<AdapterHarness>

describeAdapter({ ...hono, name: 'hono', serve: (routes) => serveFetch(mount(new Hono(), routes).fetch) }, runner)
describeAdapter(
  {
    ...hono,
    name: 'hono, where a validator read the body',
    serve(routes) {
      const app = new Hono()
      app.use(async (c, next) => {
        await c.req.json().catch(() => undefined)
        await next()
      })
      return serveFetch(mount(app, routes).fetch)
    },
  },
  runner,
)
