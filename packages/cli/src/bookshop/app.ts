import { createonce, toFastify } from '@createonce/server/fastify'
import type { SqliteStore } from '@createonce/server/sqlite'
import type { FastifyInstance } from 'fastify'
import { type AppOptions, createApp } from '../serve/create-app.ts'
import { addPages } from '../serve/pages/add-pages.ts'
import { toBook } from './books.ts'
import { createCreations } from './creations.ts'
import { openapiDocument } from './openapi-document.ts'
import { toOrder } from './orders.ts'
import { toPublisher } from './publishers.ts'
import { addResource } from './resources.ts'

/** How the bookshop is served. */
export interface BookshopOptions extends AppOptions {
  readonly store: SqliteStore
}

/** Builds the bookshop: publishers, books below a publisher, orders. */
export function buildBookshop({ store, ...options }: BookshopOptions): FastifyInstance {
  const { publicBaseUrl, metrics, conditions } = options
  const app = createApp(options)
  const creations = createCreations({
    store,
    log: app.log,
    observe: metrics.observe,
    maxBodyBytes: conditions.limits.maxBodyBytes,
    ...(publicBaseUrl !== undefined && { publicBaseUrl }),
  })

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
