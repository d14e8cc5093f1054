// The service: creates orders, and sends nothing. `DATABASE_URL` and `PORT` say where.
import { createonce, toFastify } from '@createonce/server/fastify'
import { withFastifyCreations } from '@createonce/server/openapi'
import { postgresStore } from '@createonce/server/postgres'
import swagger from '@fastify/swagger'
import fastify from 'fastify'
import pg from 'pg'
import { defineCreateOrder } from './create-order.mjs'
import { endWithParent } from './end-with-parent.mjs'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
const store = postgresStore({ pool })
await store.ready()

const app = fastify()
app.register(createonce)
app.register(swagger, {
  openapi: { openapi: '3.1.0', info: { title: 'Orders with receipts', version: '1.0.0' } },
  transformObject: withFastifyCreations(app),
})
app.register(async (routes) => {
  routes.post('/orders', toFastify(defineCreateOrder(store)))
  routes.get('/orders', { schema: { operationId: 'listOrders' } }, async () => {
    const { rows } = await pool.query('select * from orders order by id limit 100')
    return { orders: rows }
  })
  routes.get('/orders/:id', { schema: { operationId: 'readOrder' } }, async (request, reply) => {
    // As text: what is no UUID is no order either, and no error of the database.
    const { rows } = await pool.query('select * from orders where id::text = $1', [request.params.id])
    if (rows.length > 0) return rows[0]
    return reply.code(404).type('application/problem+json').send({ title: 'There is no such order', status: 404 })
  })
  routes.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
})
app.addHook('onClose', async () => {
  await store.close()
  await pool.end()
})

const origin = await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
console.log(`The service, process ${process.pid}, is listening on ${origin}`)
endWithParent(origin, () => app.close())
