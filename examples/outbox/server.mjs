// The service: creates orders, and sends nothing. `DATABASE_URL` and `PORT` say where.
import { createonce, toFastify } from '@createonce/server/fastify'
import { postgresStore } from '@createonce/server/postgres'
import fastify from 'fastify'
import pg from 'pg'
import { defineCreateOrder } from './create-order.mjs'
import { endWithParent } from './end-with-parent.mjs'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
const store = postgresStore({ pool })
await store.ready()

const app = fastify()
app.register(createonce)
app.register(async (routes) => {
  routes.post('/orders', toFastify(defineCreateOrder(store)))
  routes.get('/orders/:id', async (request, reply) => {
    const { rows } = await pool.query('select * from orders where id = $1', [request.params.id])
    return rows[0] ?? reply.code(404).send()
  })
})
app.addHook('onClose', async () => {
  await store.close()
  await pool.end()
})

const origin = await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
console.log(`The service listens at ${origin}, process ${process.pid}.`)
endWithParent(origin, () => app.close())
