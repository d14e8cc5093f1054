import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createonce, toFastify } from '../../src/adapters/fastify.ts'
import { type AdapterHarness, describeAdapter } from '../../src/testing/index.ts'

const serve =
  (withPlugin: boolean): AdapterHarness['serve'] =>
  async (routes) => {
    const app = fastify()
    if (withPlugin) app.register(createonce)
    app.register(async (scope) => {
      for (const [path, creation] of Object.entries(routes)) {
        scope.post(path.replace(/\{(\w+)\}/g, ':$1'), toFastify(creation))
      }
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    return { origin: `http://127.0.0.1:${port}`, close: () => app.close() }
  }

const runner = { afterEach, beforeEach, describe, it }

describeAdapter({ name: 'fastify with the plugin', rawBodies: true, refusals: true, serve: serve(true) }, runner)
describeAdapter({ name: 'fastify alone', rawBodies: false, refusals: false, serve: serve(false) }, runner)
