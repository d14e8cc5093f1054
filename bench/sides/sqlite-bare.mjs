// What a handler does without Createonce: one prepared INSERT, committed by itself, and no protection.
import fastify from 'fastify'
import { answer, toOrder, valuesOf } from './order.mjs'
import { serve } from './serve.mjs'
import { durabilityOf, READ_SYNCHRONOUS, SQLITE_INSERT, SQLITE_TABLES } from './sqlite-tables.mjs'

/** One INSERT, at the durability that is asked for. */
export async function bare({ file, durability = 'full' }) {
  const { DatabaseSync } = process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))
  const database = new DatabaseSync(file)
  database.exec(`pragma journal_mode = wal; pragma synchronous = ${durability}; ${SQLITE_TABLES}`)
  const app = fastify()
  // A connection that nobody holds is collected, and its statements with it.
  app.decorate('database', database)
  const insert = database.prepare(SQLITE_INSERT)
  app.post('/orders', (request, reply) => {
    const order = toOrder(request.body)
    insert.run(...valuesOf(order))
    return answer(reply, order)
  })
  return serve(app, { facts: { durability: durabilityOf(database.prepare(READ_SYNCHRONOUS).get()) } })
}
