import type { Page } from '../page.ts'
import type { Metrics } from './create-metrics.ts'

/** `/metrics`: what Prometheus scrapes. */
export function metricsPage(metrics: Metrics): Page {
  return {
    path: '/metrics',
    about: 'What Prometheus scrapes',
    add(app) {
      app.get('/metrics', async (_request, reply) => {
        const { text, type } = await metrics.read()
        return reply.header('Cache-Control', 'no-store').type(type).send(text)
      })
    },
  }
}
