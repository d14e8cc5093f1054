import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idempotent } from '../../src/adapters/idempotent/fastify.ts'
import { defineIdempotent, type Guard } from '../../src/guard/index.ts'
import { sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'
import { type OpenedPostgres, openPostgres, type Statements } from '../stores/open-postgres.ts'
import { type PostgresServer, startPostgres } from '../stores/postgres-server.ts'

let server: PostgresServer
let opened: OpenedPostgres
let apps: FastifyInstance[]
/** What the handler does once it has written its row. */
let afterwards: (statements: Statements) => unknown

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
beforeEach(async () => {
  opened = await openPostgres(server)
  apps = []
  afterwards = () => {}
})
afterEach(async () => {
  for (const app of apps) await app.close()
  await opened.close()
})

/** An instance of the service, with a pool of its own. */
async function open(store = opened.store): Promise<string> {
  const guard: Guard<FastifyRequest, Statements> = defineIdempotent({
    operation: 'createThing',
    store,
    principal: 'anybody',
    idempotency: 'required',
  })
  const app = fastify()
  apps.push(app)
  const handler = idempotent(guard, async (request, reply) => {
    const { tx } = guard.contextOf(request)!
    await tx.run('insert into thing (name) values ($1)', [(request.body as { name: string }).name])
    await afterwards(tx)
    reply.code(201).header('Location', '/things/1')
    return { made: true }
  })
  app.post('/things', handler)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}
const post = (origin: string, key = 'k1'): Promise<WireAnswer> =>
  sendRequest(origin, {
    path: '/things',
    headers: [
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', key],
    ],
    body: '{"name":"tea"}',
  })

describe('a guard with the transaction of PostgreSQL', () => {
  it('keeps what the handler wrote together with its answer, once for twenty retries that race on two instances', async () => {
    const origins = [await open(), await open(opened.another())]
    const answers = await Promise.all(Array.from({ length: 20 }, (_, turn) => post(origins[turn % 2]!)))
    for (const { status } of answers) expect([201, 409]).toContain(status)
    const first = answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotent-replayed'))
    expect([first.length, await opened.names(), await opened.keys()]).toEqual([1, ['tea'], ['k1']])
    for (const origin of origins) expect((await post(origin)).body).toBe('{"made":true}')
  })

  it('keeps neither row nor record where the handler throws after it has written', async () => {
    const origin = await open()
    afterwards = () => {
      throw new Error('out of luck')
    }
    expect((await post(origin)).status).toBe(500)
    expect([await opened.names(), await opened.keys()]).toEqual([[], []])
    afterwards = () => {}
    expect((await post(origin)).status).toBe(201)
  })

  it('lets nobody hear of a 201 whose transaction the database has given up, after an error that the handler swallowed', async () => {
    const origin = await open()
    afterwards = (tx) => tx.run('select 1 / 0').catch(() => {})
    const { status, headers } = await post(origin)
    expect([status, headers.has('location')]).toEqual([500, false])
    expect([await opened.names(), await opened.keys()]).toEqual([[], []])
  })
})
