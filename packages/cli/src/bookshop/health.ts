import type { SqliteStore } from '@createonce/server/sqlite'
import type { FastifyInstance } from 'fastify'

/** `/health/live`: the process answers. `/health/ready`: its database answers too. */
export function addHealth(app: FastifyInstance, store: SqliteStore): void {
  app.get('/health/live', () => ({ status: 'ok' }))
  app.get('/health/ready', (_request, reply) => {
    try {
      store.read.prepare('select count(*) as records from createonce_migration').get()
      return { status: 'ok' }
    } catch {
      return reply.code(503).send({ status: 'unavailable', why: 'the database does not answer' })
    }
  })
}
