import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { created, defineCreation, type Logger } from '../../src/index.ts'
import { askCreation } from '../creation/ask-creation.ts'
import { drivers, type OpenedPostgres, openPostgres, type Statements } from './open-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let opened: OpenedPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
afterEach(() => opened.close())

const causes: unknown[] = []
const error = (line: { readonly err?: unknown }) => causes.push(line.err)
const log = { info() {}, warn() {}, error } as unknown as Logger

const common = {
  principal: 'anybody',
  input: z.strictObject({ name: z.string(), tags: z.array(z.looseObject({})).optional() }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/things/{name}',
  log,
} as const

/** The two ways to write a creation, and jsonb, which has an error of its own. */
const ways = {
  create: (tx: Statements, name: string) => tx.run('insert into thing (name) values ($1)', [name]),
  'create with jsonb': (tx: Statements, name: string) =>
    tx.run("insert into thing (name) select $1::text::jsonb ->> 'name'", [JSON.stringify({ name })]),
  insert: undefined,
}

function define(way: keyof typeof ways) {
  const { store } = opened
  const write = ways[way]
  if (write === undefined) {
    const insert = { table: 'thing', values: ({ name }: { name: string }) => ({ name }) }
    return defineCreation({ ...common, operation: 'createThing', store, insert })
  }
  return defineCreation({
    ...common,
    operation: 'createThing',
    store,
    async create({ name }: { name: string }, { tx }: { tx: Statements }) {
      await write(tx, name)
      return created({ name })
    },
  })
}

describe.each(drivers)('over %s', (driver) => {
  beforeEach(async () => {
    opened = await openPostgres(server, { driver })
    causes.length = 0
  })
  const send = (creation: ReturnType<typeof define>, body: unknown) =>
    askCreation(creation, { path: '/things', body, headers: { 'idempotency-key': 'k' } })

  it.each(Object.keys(ways) as (keyof typeof ways)[])(
    'a text with U+0000 is invalid input by %s, and leaves the key free',
    async (way) => {
      const creation = define(way)
      const refused = await send(creation, { name: 'a\0b', tags: [{ 'c\0': 'd' }, { e: '\0' }] })
      expect(refused.status).toBe(400)
      expect(refused.json).toMatchObject({
        type: '/problems/invalid-input',
        errors: [
          { pointer: '/name', detail: 'has the character U+0000, which cannot be kept' },
          { pointer: '/tags/0/c\0', detail: 'has a name with the character U+0000' },
          { pointer: '/tags/1/e', detail: 'has the character U+0000, which cannot be kept' },
        ],
      })
      expect(causes).toEqual([])
      expect((await send(creation, { name: 'ab' })).status).toBe(201)
      expect(await opened.names()).toEqual(['ab'])
    },
  )

  it('stays a fault of the service where the client sent none', async () => {
    const creation = defineCreation({
      ...common,
      operation: 'createThing',
      store: opened.store,
      async create({ name }, { tx }) {
        await tx.run('insert into thing (name) values ($1)', [`${name}\0`])
        return created({ name })
      },
    })
    const failed = await send(creation, { name: 'a' })
    expect([failed.status, failed.json['type']]).toEqual([500, '/problems/internal-error'])
    expect(causes).toEqual([expect.objectContaining({ name: 'InputRefusedError' })])
    expect(await opened.names()).toEqual([])
  })
})
