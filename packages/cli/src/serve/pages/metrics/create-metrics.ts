import { prometheusMetrics } from '@createonce/server/observe'
import type { FastifyInstance } from 'fastify'
import client from 'prom-client'
import { httpDuration } from './http-duration.ts'

/** What a process measures of itself. One for the process: a server that is built again goes on with the same numbers. */
export interface Metrics {
  /** For the setting `observe` of creations and stores. */
  readonly observe: ReturnType<typeof prometheusMetrics>
  /** Measures every request to a server: call it before its routes are added. */
  watch(app: FastifyInstance): void
  /** All that was measured, in the text format of Prometheus, and the media type of that. */
  read(): Promise<{ readonly text: string; readonly type: string }>
}

/** Makes it, with everything at 0. */
export function createMetrics(): Metrics {
  const register = new client.Registry()
  const observe = prometheusMetrics({ client, register })
  const told = httpDuration(register)
  return {
    observe,
    watch(app) {
      app.addHook('onResponse', (request, reply, done) => {
        told(request, reply)
        done()
      })
    },
    async read() {
      return { text: await register.metrics(), type: register.contentType }
    },
  }
}
