import { randomUUID } from 'node:crypto'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { addConditions, type ServiceFacts } from './conditions/add-conditions.ts'
import type { Conditions } from './conditions/conditions.ts'
import { serverOptions } from './conditions/server-options.ts'
import { sendFailure } from './failure.ts'
import type { Metrics } from './pages/metrics/create-metrics.ts'
import { setProblemTypes } from './problem.ts'

/** What every served API has around its routes. */
export interface AppOptions extends ServiceFacts {
  readonly conditions: Conditions
  /** Those that the store was opened with. */
  readonly metrics: Metrics
  /** One JSON line per creation on standard output. */
  readonly logs: boolean
}

/** Makes the server of an API, without its routes: limits, log, request ids, metrics, conditions. */
export function createApp({ conditions, metrics, logs, ...facts }: AppOptions): FastifyInstance {
  const app = fastify({
    ...serverOptions(conditions.limits),
    logger: logs,
    // One event a request is enough; Fastify's own two lines say less.
    logController: new LogController({ disableRequestLogging: true }),
    // Unlike a counter, unique across restarts and processes: a request id must lead to one line.
    genReqId: () => randomUUID(),
    // What still comes in over a connection that is at work is answered, and the connection closed behind it.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 2_000 },
    // Addresses that the router cannot read are refused before any hook.
    frameworkErrors: (error, request, reply) => sendFailure(error, request as FastifyRequest, reply as FastifyReply),
  })
  app.setErrorHandler(sendFailure)
  setProblemTypes(app, facts.publicBaseUrl)
  metrics.watch(app)
  addConditions(app, conditions, facts)
  return app
}
