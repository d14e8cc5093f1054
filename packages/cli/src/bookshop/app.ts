import { randomUUID } from 'node:crypto'
import { createonce, toFastify } from '@createonce/server/fastify'
import type { SqliteStore } from '@createonce/server/sqlite'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { addConditions } from '../serve/conditions/add-conditions.ts'
import type { Conditions } from '../serve/conditions/conditions.ts'
import type { Recording } from '../serve/conditions/record/open-recording.ts'
import { serverOptions } from '../serve/conditions/server-options.ts'
import { addPages } from '../serve/pages/add-pages.ts'
import type { Metrics } from '../serve/pages/metrics/create-metrics.ts'
import { toBook } from './books.ts'
import { createCreations } from './creations.ts'
import { openapiDocument } from './openapi-document.ts'
import { toOrder } from './orders.ts'
import { toPublisher } from './publishers.ts'
import { addResource } from './resources.ts'

/** How the bookshop is served. */
export interface BookshopOptions {
  readonly store: SqliteStore
  /** What clients call it by, behind a proxy. */
  readonly publicBaseUrl?: string
  /** One JSON line per creation on standard output. */
  readonly logs: boolean
  readonly conditions: Conditions
  /** Where exchanges are recorded; who opened it closes it. */
  readonly recording?: Recording
  /** Those that the store was opened with. */
  readonly metrics: Metrics
}

/** Builds the bookshop: publishers, books below a publisher, orders. */
export function buildBookshop({
  store,
  publicBaseUrl,
  logs,
  conditions,
  recording,
  metrics,
}: BookshopOptions): FastifyInstance {
  const publicAddress = publicBaseUrl !== undefined && { publicBaseUrl }
  const app = fastify({
    ...serverOptions(conditions.limits),
    logger: logs,
    // One event a request is enough; Fastify's own two lines say less.
    logController: new LogController({ disableRequestLogging: true }),
    // Unlike a counter, unique across restarts and processes: a request id must lead to one line.
    genReqId: () => randomUUID(),
    // What still comes in over a connection that is at work is answered, and the connection closed behind it.
    return503OnClosing: false,
  })
  metrics.watch(app)
  const { maxBodyBytes } = conditions.limits
  const creations = createCreations({
    store,
    log: app.log,
    observe: metrics.observe,
    maxBodyBytes,
    ...publicAddress,
  })

  addConditions(app, conditions, { ...publicAddress, ...(recording !== undefined && { recording }) })
  app.register(createonce)
  app.register(async (routes) => {
    routes.post('/publishers', toFastify(creations.publishers))
    routes.post('/publishers/:publisherId/books', toFastify(creations.books))
    routes.post('/orders', toFastify(creations.orders))

    addResource(routes, store, { table: 'publisher', collection: '/publishers', toBody: toPublisher })
    addResource(routes, store, {
      table: 'book',
      collection: '/publishers/:publisherId/books',
      parent: { parameter: 'publisherId', column: 'publisher_id' },
      toBody: toBook,
    })
    addResource(routes, store, { table: 'order', collection: '/orders', toBody: toOrder })

    addPages(routes, {
      document: openapiDocument(creations, publicBaseUrl),
      metrics,
      async check() {
        store.read.prepare('select count(*) as records from createonce_migration').get()
      },
    })
  })
  return app
}
