import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { aesGcmSeal, events, type Logger, type ProblemCode, problemCatalogue } from '../../src/index.ts'
import { jsonLogger } from '../../src/observe/index.ts'
import { createGate } from '../../src/testing/gate.ts'
import { type HeaderLines, sendRequest } from '../../src/testing/send-request.ts'
import { tableRows } from '../docs/table-rows.ts'
import { temporaryFile } from '../stores/temporary-file.ts'
import { insertItem, openShop, type Shop, type ShopSettings } from './shop.ts'

const KEY = 'key-5e1f'
const SECRETS = { body: 'body-9a3c', other: 'body-77d0', key: KEY, principal: 'caller-41b2', credential: 'token-c0de' }
const HEADERS: HeaderLines = [
  ['Authorization', `Bearer ${SECRETS.credential}`],
  ['Cookie', `session=${SECRETS.credential}`],
  ['X-Caller', SECRETS.principal],
]
const keyed = (value: string = KEY): HeaderLines => [...HEADERS, ['Idempotency-Key', value]]
const tea = { name: SECRETS.body }

/** One row of the wire: how it is met, and what its last request logs. */
interface Row {
  readonly meets: string
  readonly settings?: ShopSettings
  /** Sends what comes before, and at last the request that the row is about. */
  send(shop: Shop, log: Logger): Promise<unknown>
  /** How many requests have been answered then. */
  readonly lines?: number
  readonly operation?: 'putItem'
  readonly logs: 'creation.created' | 'creation.replayed' | 'creation.existing' | 'creation.replaced' | ProblemCode
}

const put = ({ origin }: Shop, name: string, ...condition: HeaderLines) =>
  sendRequest(origin, {
    method: 'PUT',
    path: '/shelves/top/items/1',
    headers: [...keyed(`${KEY}-${name}`), ['Content-Type', 'application/json'], ...condition],
    body: JSON.stringify({ name }),
  })
const absent = ['If-None-Match', '*'] as const
const present = ['If-Match', '*'] as const

const send = (body: unknown, headers: HeaderLines = HEADERS) => ({ send: (shop: Shop) => shop.post(body, headers) })
const twice = (one: unknown, other: unknown, headers: HeaderLines = HEADERS) => ({
  async send(shop: Shop) {
    await shop.post(one, headers)
    await shop.post(other, headers)
  },
  lines: 2,
})
const storeThatAnswers = (answer: (claim: { fingerprint: string } | undefined) => object, guarantee?: 'leased') =>
  ({
    ...(guarantee !== undefined && { onCrash: 'block' }),
    store: {
      name: 'of one answer',
      guarantee,
      once: async (claim: { fingerprint: string } | undefined) => answer(claim),
      purge: async () => 0,
      erase: async () => 0,
      close: async () => {},
    },
  }) as unknown as ShopSettings
const returnExisting: ShopSettings = {
  duplicates: {
    policy: 'return-existing',
    naturalKey: ['name'],
    find: ({ name }, { tx }) => tx.prepare('select id, shelf, name from item where name = ?').get(name) as never,
  },
}
const failing = (error: unknown): ShopSettings => ({
  create(input, context) {
    insertItem(input, context)
    throw error
  },
})
/** What drivers throw: the row's values, and the command that was sent, hang on the error. */
const ofDriver = Object.assign(new Error('duplicate key value violates unique constraint "item_name"'), {
  code: '23505',
  detail: `Key (name)=(${SECRETS.body}) already exists.`,
  command: { name: 'set', args: [KEY, SECRETS.body] },
  cause: Object.assign(new Error('inner'), { parameters: [SECRETS.body] }),
})

const unreadable = Object.defineProperty(new Error('gone'), 'message', {
  get() {
    throw new Error('not readable')
  },
})

/** By the first column of the table of docs/reference/wire.md. */
const wire: Record<string, readonly Row[]> = {
  created: [
    { meets: 'without a key', ...send(tea), logs: 'creation.created' },
    { meets: 'with a key', ...send(tea, keyed()), logs: 'creation.created' },
  ],
  '`Prefer: return=minimal`': [
    { meets: 'with a key', ...send(tea, [...keyed(), ['Prefer', 'return=minimal']]), logs: 'creation.created' },
  ],
  replay: [{ meets: 'a retry', ...twice(tea, tea, keyed()), logs: 'creation.replayed' }],
  "replay of an answer whose body is not kept, by `replay: 'reference'` or `maxRecordedBytes`": [
    {
      meets: 'a retry',
      settings: { idempotency: { key: 'optional', replay: 'reference' }, replayCacheBytes: 0 },
      ...twice(tea, tea, keyed()),
      logs: 'creation.replayed',
    },
  ],
  'existing, under `return-existing`': [
    { meets: 'the same again', settings: returnExisting, ...twice(tea, tea), logs: 'creation.existing' },
  ],
  'no JSON, repeated member names, no UTF-8': [
    { meets: 'half a body', ...send(`{"name":"${SECRETS.body}`, keyed()), logs: 'malformed-body' },
    { meets: 'a name twice', ...send(`{"name":"${SECRETS.body}","name":"b"}`), logs: 'malformed-body' },
    { meets: 'no UTF-8', ...send(Buffer.from([0x22, 0xff, 0x22])), logs: 'malformed-body' },
  ],
  'invalid input': [
    { meets: 'a member too many', ...send({ ...tea, [SECRETS.other]: 1 }, keyed()), logs: 'invalid-input' },
    { meets: 'by option', settings: { invalidStatus: 422 }, ...send({ name: '' }), logs: 'invalid-input' },
  ],
  'parent missing': [
    {
      meets: 'no shelf',
      send: (shop) => shop.post(tea, keyed(), '/shelves/nowhere/items'),
      logs: 'parent-not-found',
    },
  ],
  'other method, media type, `Accept`, size': [
    {
      meets: 'PUT',
      send: ({ origin }) => sendRequest(origin, { method: 'PUT', path: '/shelves/top/items', headers: keyed() }),
      logs: 'method-not-allowed',
    },
    {
      meets: 'text',
      send: ({ origin }) =>
        sendRequest(origin, {
          path: '/shelves/top/items',
          headers: [...keyed(), ['Content-Type', 'text/plain']],
          body: JSON.stringify(tea),
        }),
      logs: 'unsupported-media-type',
    },
    { meets: 'Accept', ...send(tea, [...keyed(), ['Accept', 'text/html']]), logs: 'not-acceptable' },
    { meets: 'size', settings: { maxBodyBytes: 10 }, ...send(tea, keyed()), logs: 'content-too-large' },
  ],
  'key missing though required; malformed, empty, repeated': [
    { meets: 'missing', settings: { idempotency: 'required' }, ...send(tea), logs: 'idempotency-key-missing' },
    { meets: 'malformed', ...send(tea, keyed(`${KEY} ${KEY}`)), logs: 'idempotency-key-invalid' },
    { meets: 'empty', ...send(tea, keyed('')), logs: 'idempotency-key-invalid' },
    { meets: 'repeated', ...send(tea, [...keyed(), ['Idempotency-Key', KEY]]), logs: 'idempotency-key-invalid' },
  ],
  'key in flight': [{ meets: 'the first still runs', ...inFlight(), logs: 'idempotency-key-in-flight' }],
  "key whose execution was cut off, over a [leased store](../guides/stores/redis.md) with `onCrash: 'block'`": [
    {
      meets: 'blocked',
      settings: storeThatAnswers((claim) => ({ kind: 'blocked', fingerprint: claim!.fingerprint }), 'leased'),
      ...send(tea, keyed()),
      logs: 'idempotency-key-blocked',
    },
  ],
  'key used with another request': [
    { meets: 'another body', ...twice(tea, { name: SECRETS.other }, keyed()), logs: 'idempotency-key-reused' },
  ],
  'duplicate, under `reject`': [{ meets: 'the same again', ...twice(tea, tea), logs: 'duplicate-resource' }],
  'PUT, created': [
    {
      meets: 'nothing there',
      send: (shop) => put(shop, SECRETS.body, absent),
      operation: 'putItem',
      logs: 'creation.created',
    },
  ],
  'PUT, replaced': [
    {
      meets: 'what is there',
      async send(shop) {
        await put(shop, SECRETS.body, absent)
        await put(shop, SECRETS.other, present)
      },
      lines: 2,
      operation: 'putItem',
      logs: 'creation.replaced',
    },
  ],
  'PUT, condition not met': [
    {
      meets: 'nothing there',
      send: (shop) => put(shop, SECRETS.body, present),
      operation: 'putItem',
      logs: 'precondition-failed',
    },
  ],
  'PUT without a condition, where one is required': [
    {
      meets: 'no condition',
      send: (shop) => put(shop, SECRETS.body),
      operation: 'putItem',
      logs: 'precondition-required',
    },
  ],
  'queue full, file locked for long': [
    {
      meets: 'the store says so',
      settings: storeThatAnswers(() => ({ kind: 'overloaded', retryAfterMs: 1_500 })),
      ...send(tea, keyed()),
      logs: 'overloaded',
    },
  ],
  'store out of reach': [
    {
      meets: 'a closed store',
      async send(shop) {
        await shop.store.close()
        await shop.post(tea, keyed())
      },
      logs: 'store-unavailable',
    },
  ],
  'the recorded answer is sealed, and cannot be opened': [
    { meets: 'by another key', ...sealedByAnother(), logs: 'record-unreadable' },
  ],
  "the author's code fails": [
    { meets: 'an error', settings: failing(new TypeError('no stock')), ...send(tea, keyed()), logs: 'internal-error' },
    { meets: "a driver's error", settings: failing(ofDriver), ...send(tea, keyed()), logs: 'internal-error' },
    { meets: 'what cannot be read', settings: failing(unreadable), ...send(tea, keyed()), logs: 'internal-error' },
    { meets: 'what is no error', settings: failing({ input: tea }), ...send(tea, keyed()), logs: 'internal-error' },
  ],
}

function inFlight(): Pick<Row, 'send' | 'settings'> {
  const [entered, gate] = [createGate(), createGate()]
  return {
    settings: {
      create: async (input, context) => {
        entered.open()
        await gate.opened
        return insertItem(input, context)
      },
    },
    // The line of the first one comes last, so it is let go only when the lines were looked at.
    async send(shop) {
      const first = shop.post(tea, keyed())
      await entered.opened
      await shop.post(tea, keyed())
      const close = shop.close.bind(shop)
      shop.close = async () => {
        gate.open()
        await first
        await close()
      }
    },
  }
}

function sealedByAnother(): Pick<Row, 'send'> {
  const sealedWith = (byte: number): ShopSettings => ({
    replayCacheBytes: 0,
    idempotency: { key: 'optional', seal: aesGcmSeal({ current: 'k', keys: { k: Buffer.alloc(32, byte) } }) },
  })
  return {
    async send(_, log) {
      const { file, remove } = await temporaryFile()
      const first = await openShop(sealedWith(1), file)
      await first.post(tea, keyed())
      await first.close()
      const second = await openShop({ ...sealedWith(2), log }, file)
      await second.post(tea, keyed())
      await second.close()
      await remove()
    },
  }
}

interface Line {
  readonly level: number
  readonly event: string
  readonly code?: string
  readonly [field: string]: unknown
}

/** Each kind of logger, writing lines of text. */
const loggers: Record<string, (write: (line: string) => void) => Logger> = {
  pino: (write) => pino({}, { write }),
  'jsonLogger()': (write) => jsonLogger({ write }),
  "a logger of one's own": (write) => {
    const at = (level: number) => (fields: object) => write(JSON.stringify({ level, ...fields }))
    return { info: at(30), warn: at(40), error: at(50) }
  },
}

const LEVELS = { info: 30, warn: 40, error: 50 }
const page = readFileSync(new URL('../../../../docs/reference/wire.md', import.meta.url), 'utf8')

let shop: Shop | undefined
afterEach(async () => {
  await shop?.close()
  shop = undefined
})

describe('the log of the wire', () => {
  it('is shown for every row of its page, and for every code of the problem catalogue', () => {
    expect(Object.keys(wire)).toEqual(tableRows(page, 'case').map(([name]) => name))
    const logged = new Set(Object.values(wire).flatMap((rows) => rows.map(({ logs }) => logs)))
    expect([...logged]).toEqual(expect.arrayContaining(Object.keys(problemCatalogue)))
  })

  const rows = Object.entries(wire).flatMap(([name, all]) => all.map((row) => ({ name, ...row })))
  it.each(rows)(
    'is one line, with code and level and no secret: $name ($meets)',
    async ({ logs, settings, send, operation = 'createItem', lines: expected = 1 }) => {
      const lines: Record<string, string[]> = {}
      const writers = Object.entries(loggers).map(([name, open]) => {
        const own: string[] = []
        lines[name] = own
        return open((line) => void own.push(line))
      })
      const all = (level: keyof Logger) => (fields: object, message?: string) => {
        for (const writer of writers) writer[level](fields, message)
      }
      const log = { info: all('info'), warn: all('warn'), error: all('error') }
      shop = await openShop({ log, ...settings })
      await send(shop, log)
      for (const [name, own] of Object.entries(lines)) {
        const written = own.map((line) => JSON.parse(line) as Line)
        expect([name, written.length]).toEqual([name, expected])
        const event = logs in events ? (logs as keyof typeof events) : problemCatalogue[logs as ProblemCode].event
        const code = logs in events ? undefined : logs
        expect({ code: undefined, ...written.at(-1) }).toMatchObject({
          event,
          code,
          level: LEVELS[events[event].level],
          operation,
          requestId: expect.any(String),
        })
        for (const secret of Object.values(SECRETS)) expect(own.join('\n')).not.toContain(secret)
      }
    },
  )
})
