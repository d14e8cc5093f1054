import express, { type Request } from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idempotent } from '../../src/adapters/idempotent/express.ts'
import { defineIdempotent } from '../../src/guard/index.ts'
import { aesGcmSeal, type CreationEvent, TransactionLostError } from '../../src/index.ts'
import { sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'
import { type OpenedSqlite, openSqlite } from '../stores/open-sqlite.ts'
import { type Served, serve } from './serve.ts'

/** How the handler ends, after it has written a row. */
let ending: (response: express.Response) => unknown
let opened: OpenedSqlite
let served: Served
let runs: number
let events: CreationEvent[]

const answer201 = (response: express.Response) => response.location('/things/1').status(201).json({ secret: 'tailor' })

beforeEach(async () => {
  ending = answer201
  opened = await openSqlite()
  runs = 0
  events = []
  const keep = (fields: object): void => void events.push(fields as CreationEvent)
  const guard = defineIdempotent({
    operation: 'createThing',
    store: opened.store,
    principal: 'anybody',
    idempotency: {
      key: 'optional',
      seal: aesGcmSeal({ keys: { a: Buffer.alloc(32, 7) }, current: 'a' }),
    },
    log: { info: keep, warn: keep, error: keep },
  })
  const app = express()
  app.use(express.json())
  app.post('/things', idempotent(guard), (request: Request, response) => {
    runs += 1
    guard.contextOf(request)!.tx.prepare('insert into thing (name) values (?)').run(`${request.body.name}`)
    ending(response)
  })
  const quiet: express.ErrorRequestHandler = (_error, _request, response, _next) => void response.status(500).end()
  app.use(quiet)
  served = await serve(app)
})
afterEach(async () => {
  await served.close()
  await opened.close()
})

const post = (key: string | undefined, name = 'tea'): Promise<WireAnswer> =>
  sendRequest(served.origin, {
    path: '/things',
    headers: [['Content-Type', 'application/json'], ...(key === undefined ? [] : [['Idempotency-Key', key] as const])],
    body: JSON.stringify({ name }),
  })
const records = () => opened.store.read.prepare('select * from createonce_record').all()

describe('a guard with the transaction of SQLite', () => {
  it('keeps what the handler wrote together with its answer, once for twenty retries that race', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('k1')))
    for (const { status } of answers) expect([201, 409]).toContain(status)
    expect(answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotent-replayed'))).toHaveLength(
      1,
    )
    expect([runs, opened.names(), records().length]).toEqual([1, ['tea'], 1])
    expect((await post('k1')).headers.get('idempotent-replayed')).toEqual(['true'])
  })

  it('keeps neither row nor record where the handler throws after it has written', async () => {
    ending = () => {
      throw new Error('out of luck')
    }
    expect((await post('k1')).status).toBe(500)
    expect([opened.names(), records()]).toEqual([[], []])
    ending = answer201
    expect([(await post('k1')).status, runs, opened.names()]).toEqual([201, 2, ['tea']])
  })

  it('keeps neither row nor record where the connection is cut between the handler and the commit', async () => {
    ending = (response) => response.destroy()
    await expect(post('k1')).rejects.toThrow()
    expect([opened.names(), records()]).toEqual([[], []])
  })

  it('answers 500 and keeps nothing where the commit fails: the handler has said 201, and nobody hears it', async () => {
    const { once } = opened.store
    opened.store.once = (claim, work) =>
      once.call(opened.store, claim, async (session) => {
        await work(session)
        throw new TransactionLostError('The disk is full.')
      }) as never
    const { status, body, headers } = await post('k1')
    expect([status, JSON.parse(body).type, headers.has('location')]).toEqual([500, '/problems/internal-error', false])
    expect([opened.names(), records()]).toEqual([[], []])
  })

  it('rolls back what a refusal of the handler has left, also without a key', async () => {
    ending = (response) => response.status(409).json({ error: 'taken' })
    for (const key of ['k1', undefined]) expect((await post(key)).body).toBe('{"error":"taken"}')
    expect([opened.names(), records()]).toEqual([[], []])
  })

  it('commits without a key too, and records nothing then', async () => {
    expect([(await post(undefined)).status, opened.names(), records()]).toEqual([201, ['tea'], []])
  })

  it('seals what it records', async () => {
    await post('k1')
    expect(JSON.stringify(records())).not.toMatch(/tailor|things\/1/)
    expect((await post('k1')).body).toBe('{"secret":"tailor"}')
  })

  it('logs one line for each request, without key and principal in clear', async () => {
    await post('key-5e1f')
    await post('key-5e1f')
    await post('key-5e1f', 'coffee')
    ending = (response) => response.status(404).end()
    await post('key-77d0', 'milk')
    ending = (response) => response.status(502).end()
    await post('key-77d0', 'milk')
    expect(events).toMatchObject([
      { event: 'creation.created', status: 201, location: '/things/1', operation: 'createThing', attempt: 1 },
      { event: 'creation.replayed', status: 201, location: '/things/1' },
      { event: 'creation.mismatch', status: 422, code: 'idempotency-key-reused' },
      { event: 'creation.rejected', status: 404 },
      { event: 'creation.failed', status: 502 },
    ])
    expect(JSON.stringify(events)).not.toMatch(/5e1f|77d0|anybody/)
  })

  it('does not run a handler twice for one request: where the store would, it answers 503', async () => {
    const { once } = opened.store
    opened.store.once = (claim, work) =>
      once.call(opened.store, claim, async (session) => {
        await work(session)
        return work(session)
      }) as never
    const { status, body, headers } = await post('k1')
    expect([status, JSON.parse(body).type, headers.get('retry-after')]).toEqual([503, '/problems/overloaded', ['1']])
    expect([runs, opened.names(), records()]).toEqual([1, [], []])
  })
})
