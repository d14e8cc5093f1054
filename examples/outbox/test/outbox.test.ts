import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendRequest, type WireAnswer } from '../../../packages/server/src/testing/send-request.ts'
import { type CuttingProxy, type Pair, startProxy } from '../../../packages/server/test/stores/cutting-proxy.ts'
// @ts-expect-error: the example has no types
import { startMailService } from '../mail-service.mjs'
// @ts-expect-error: the example has no types
import { migrate } from '../migrate.mjs'
// @ts-expect-error: the example has no types
import { openDatabase } from '../open-database.mjs'
import { blocksOfGuide } from './blocks-of-guide.ts'
import { serveFailing } from './serve-failing.ts'
import { type ExampleProcess, startExample } from './start-example.ts'

const ORDER = { item: 'tea', quantity: 2, email: 'ann@example.com' }

let database: { readonly url: string; close(): Promise<void> }
let client: pg.Client
let proxy: CuttingProxy
/** The database as the processes see it: through the proxy. */
let env: { readonly DATABASE_URL: string; readonly PORT: string }
let service: ExampleProcess

const startService = (): Promise<ExampleProcess> => startExample('server.mjs', env)

beforeAll(async () => {
  database = await openDatabase(undefined)
  await migrate(database.url)
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const url = new URL(database.url)
  proxy = await startProxy(Number(url.port))
  url.port = String(proxy.port)
  env = { DATABASE_URL: url.href, PORT: '0' }
  service = await startService()
})
afterAll(async () => {
  await service.kill()
  await proxy.close()
  await client.end()
  await database.close()
})
afterEach(async () => {
  proxy.rule = proxy.answerRule = () => 'forward'
  await client.query('truncate orders, createonce.record, graphile_worker._private_jobs')
})

/** The service remembers answers, so every test has a key of its own. */
let key: string
let keys = 0
beforeEach(() => {
  keys += 1
  key = `key-${keys}`
})

const post = (origin = service.ready, own = key): Promise<WireAnswer> =>
  sendRequest(origin, {
    path: '/orders',
    headers: [
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', own],
    ],
    body: JSON.stringify(ORDER),
  })

/** Kills it in the middle of a message; the kernel would close its connection, and behind a proxy the test has to. */
async function killAt({ server }: Pair, process: ExampleProcess): Promise<void> {
  await process.kill()
  server.destroy()
}

/** Retries as a client does: as long as it is told that the key is in flight. */
async function untilDecided(): Promise<WireAnswer> {
  for (;;) {
    const answer = await post()
    if (answer.status !== 409) return answer
  }
}

/** How many orders there are, and how many jobs wait or run. */
async function kept(): Promise<readonly [orders: number, jobs: number]> {
  const { rows } = await client.query(
    'select (select count(*) from orders)::int as orders, (select count(*) from graphile_worker.jobs)::int as jobs',
  )
  return [rows[0].orders, rows[0].jobs]
}

/** A statement of the guide, by the comment that it begins with. */
async function ofGuide(comment: string): Promise<string> {
  const found = (await blocksOfGuide('sql')).find((text) => text.startsWith(`-- ${comment}`))
  if (found === undefined) throw new Error(`The guide has no SQL that begins with "-- ${comment}".`)
  return found
}

describe('an order and the job of its receipt', () => {
  it('are kept once, however often the key is sent', async () => {
    const [first, retry] = [await post(), await post()]
    expect([first.status, retry.status, retry.body]).toEqual([201, 201, first.body])
    expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])
    expect(await kept()).toEqual([1, 1])
    await post(service.ready, 'another')
    expect(await kept()).toEqual([2, 2])
  })

  it('are kept once for many who send the key at once to two processes', async () => {
    const second = await startService()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(index % 2 === 0 ? service.ready : second.ready)),
    )
    await second.kill()
    const created = answers.filter(({ status }) => status === 201)
    expect(new Set(created.map(({ body }) => body)).size).toBe(1)
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(await kept()).toEqual([1, 1])
  })

  it.each(['throws', 'refuses'] as const)('are both undone where create() %s after it has enqueued', async (how) => {
    const failing = await serveFailing(database.url, how)
    try {
      const answer = await post(failing.origin)
      expect([answer.status, failing.entered()]).toEqual([how === 'throws' ? 500 : 400, 1])
    } finally {
      await failing.close()
    }
    expect(await kept()).toEqual([0, 0])
  })

  it('are both gone when the service is killed before COMMIT, and a retry makes them', async () => {
    let dying: Promise<void> | undefined
    proxy.rule = (text, pair) => {
      if (dying === undefined && /;commit|_commit_/.test(text)) dying = killAt(pair, service)
      return dying === undefined ? 'forward' : 'drop'
    }
    await expect(post()).rejects.toThrow()
    await dying
    proxy.rule = () => 'forward'
    expect(await kept()).toEqual([0, 0])
    service = await startService()
    const retry = await untilDecided()
    expect([retry.status, retry.headers.has('idempotent-replayed')]).toEqual([201, false])
    expect(await kept()).toEqual([1, 1])
  })

  it('are both there when the service is killed after COMMIT and before its answer, and a retry adds nothing', async () => {
    let dying: Promise<void> | undefined
    proxy.answerRule = (text, pair) => {
      if (dying === undefined && text.includes('COMMIT')) dying = killAt(pair, service)
      return dying === undefined ? 'forward' : 'drop'
    }
    await expect(post()).rejects.toThrow()
    await dying
    proxy.answerRule = () => 'forward'
    expect(await kept()).toEqual([1, 1])
    service = await startService()
    const retry = await untilDecided()
    expect([retry.status, retry.headers.get('idempotent-replayed')]).toEqual([201, ['true']])
    expect(await kept()).toEqual([1, 1])
  })
})

describe('the receipt', () => {
  let mail: { readonly url: string; readonly mails: Map<string, { asked: number }>; close(): Promise<void> }
  const started: ExampleProcess[] = []

  async function startWorker(mailUrl = mail.url): Promise<ExampleProcess> {
    const worker = await startExample('worker.mjs', { ...env, MAIL_URL: mailUrl })
    started.push(worker)
    return worker
  }
  beforeEach(async () => {
    mail = await startMailService(0)
  })
  afterEach(async () => {
    for (const worker of started.splice(0)) await worker.kill()
    await mail.close()
  })
  const mails = async (): Promise<unknown> =>
    JSON.parse((await sendRequest(mail.url, { method: 'GET', path: '/mails' })).body)

  it('is asked for twice with one key and sent once, when the worker is killed before it has said that it is done', async () => {
    const { id } = JSON.parse((await post()).body)
    let dying: Promise<void> | undefined
    proxy.rule = (text, pair) => {
      if (dying === undefined && text.includes('delete from "graphile_worker"._private_jobs'))
        dying = killAt(pair, started[0]!)
      return dying === undefined ? 'forward' : 'drop'
    }
    const first = await startWorker()
    await first.ended
    await dying
    proxy.rule = () => 'forward'
    const sent = { key: `receipt-${id}`, to: 'ann@example.com', text: 'Your order: 2 × tea.' }
    expect(await mails()).toEqual([{ ...sent, asked: 1 }])

    // The clock of the database is moved by what the guide calls long enough.
    await client.query("update graphile_worker._private_jobs set locked_at = locked_at - interval '61 seconds'")
    const waiting = await client.query(await ofGuide('what waits'))
    expect(waiting.rows).toEqual([expect.objectContaining({ state: 'held', attempts: 1, last_error: null })])
    await client.query(await ofGuide('let go'))
    const second = await startWorker()
    await second.logged(/Completed task/)
    await second.stop()
    expect(await mails()).toEqual([{ ...sent, asked: 2 }])
    expect(await kept()).toEqual([1, 0])
  })

  it('is tried again later where the mail service fails, and at once when an operator says so', async () => {
    const { id } = JSON.parse((await post()).body)
    const worker = await startWorker(mail.url.replace('/mails', '/nothing-here'))
    await worker.logged(/Failed task/)
    await worker.stop()
    const waiting = await client.query(await ofGuide('what waits'))
    expect(waiting.rows).toEqual([
      expect.objectContaining({ state: 'waits', attempts: 1, last_error: 'The mail service answered 404.' }),
    ])
    expect(waiting.rows[0].run_at.getTime()).toBeGreaterThan(waiting.rows[0].created_at.getTime())
    expect(JSON.stringify(waiting.rows)).not.toContain('ann@example.com')

    await client.query('update graphile_worker._private_jobs set attempts = max_attempts')
    expect((await client.query(await ofGuide('what waits'))).rows[0].state).toBe('given up')
    await client.query(await ofGuide('again, now'))
    const next = await startWorker()
    await next.logged(/Completed task/)
    await next.stop()
    expect(await mails()).toEqual([expect.objectContaining({ key: `receipt-${id}`, asked: 1 })])
    expect(await kept()).toEqual([1, 0])
  })
})
