import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../../server/test/stores/postgres-server.ts'
import type { Running } from '../../createonce.ts'
import { send } from '../../send.ts'
import { postgresUrl } from '../rows/databases.ts'
import { allCustomers, startClients } from './clients.ts'
import { customer, serveShop, shopFolder } from './serve-shop.ts'

let server: PostgresServer
let both: readonly [Running, Running]
beforeAll(async () => {
  server = await startPostgres()
  const store = ['--store', postgresUrl(server, await server.createDatabase('select 1'))]
  both = await Promise.all([serveShop(shopFolder(), store), serveShop(shopFolder(), store)])
})
afterAll(async () => {
  await Promise.all(both.map((one) => one.stop()))
  await server.stop()
})

const create = (at: number, body: object, headers = {}) =>
  send('POST', `${both[at % 2]!.url}/customers`, { body, headers })

describe('two processes on one PostgreSQL database', () => {
  it('create one resource for a race on one key through both', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => create(at, customer('Raced'), key)))
    const made = answers.filter(({ status }) => status === 201)
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
    expect(new Set(made.map(({ headers }) => headers.location)).size).toBe(1)
    for (const { url } of both) expect((await send('GET', `${url}/customers?name=Raced`)).json()).toHaveLength(1)
  })

  it('let one of a race on one natural key through, and deal no id twice', async () => {
    const raced = await Promise.all(Array.from({ length: 10 }, (_, at) => create(at, customer('Named'))))
    expect(raced.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
    const made = await Promise.all(Array.from({ length: 40 }, (_, at) => create(at, customer(randomUUID()))))
    expect(new Set(made.map(({ json }) => json().id)).size).toBe(40)
  })

  it('show each other what they have created, and what they have deleted', async () => {
    const { headers } = await create(0, customer('Shown'))
    expect((await send('GET', `${both[1].url}${headers.location}`)).json().name).toBe('Shown')
    expect((await send('DELETE', `${both[1].url}${headers.location}`)).status).toBe(204)
    expect((await send('GET', `${both[0].url}${headers.location}`)).status).toBe(404)
  })

  it('one of which is stopped under load fail no client that asks the other one, and lose nothing', async () => {
    const before = await allCustomers(both[1].url)
    let isStopping = false
    // As behind a load balancer: what is stopping is asked no more, and a retry goes to the other one.
    const clients = startClients(8, async (attempt) => both[isStopping || attempt > 0 ? 1 : 0].url)
    await clients.reached(50)
    isStopping = true
    const { code } = await both[0].stop()
    await clients.reached(clients.acknowledged.size + 50)
    await clients.finish()
    // A connection that is not accepted yet is reset with the port; nobody is told of a failure.
    expect([code, clients.failures.filter((one) => /^\d/.test(one))]).toEqual([0, []])
    const kept = await allCustomers(both[1].url)
    expect(kept.size).toBe(before.size + clients.acknowledged.size)
    for (const [path, name] of clients.acknowledged) expect(kept.get(path)).toBe(name)
  })
})
