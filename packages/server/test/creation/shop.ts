import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { z } from 'zod'
import { createonce, toFastify } from '../../src/adapters/fastify.ts'
import type { CreationSettings } from '../../src/creation/settings/settings.ts'
import { type CreationEvent, created, defineCreation, etagOf, parentNotFound } from '../../src/index.ts'
import { definePut, replaced } from '../../src/put.ts'
import { type SqliteStore, type SqliteTransaction, sqliteStore } from '../../src/stores/sqlite.ts'
import { type HeaderLines, sendRequest, type WireAnswer, type WireRequest } from '../../src/testing/send-request.ts'
import { expectDocumented } from '../openapi/expect-documented.ts'
import { temporaryFile } from '../stores/temporary-file.ts'

/** A row of the test's table. */
export interface Item {
  readonly id: string
  readonly shelf: string
  readonly name: string
  readonly size?: number
}

/** What a test may change about the creation under test. */
export type ShopSettings = Partial<
  Extract<
    CreationSettings<{ name: string; size?: number | undefined }, Item, SqliteTransaction, unknown>,
    { readonly create: unknown; readonly onCrash?: never }
  >
>

/** A service on Fastify and SQLite: `POST /shelves/:shelf/items`, and `PUT /shelves/:shelf/items/:id` under a name. */
export interface Shop {
  readonly origin: string
  readonly store: SqliteStore
  /** Every event that was logged, in order. */
  readonly events: CreationEvent[]
  /** Sends what goes to the path of the creation. */
  send(request: Partial<WireRequest> & Pick<WireRequest, 'path'>): Promise<WireAnswer>
  post(body: unknown, headers?: HeaderLines, path?: string): Promise<WireAnswer>
  items(): Item[]
  close(): Promise<void>
}

export const itemSchema = z.strictObject({ name: z.string().min(1).max(40), size: z.number().max(100).optional() })

const TABLES = `create table if not exists item (
  id text primary key, shelf text not null, name text not null, size real, unique (shelf, name)
) strict`

/** Serves the creation with some settings changed; `file` makes two versions of a service share one database. */
export async function openShop(settings: ShopSettings = {}, file?: string): Promise<Shop> {
  const temporary = file === undefined ? await temporaryFile() : { file, remove: async () => {} }
  const store = await sqliteStore({ file: temporary.file, schema: TABLES })
  const events: CreationEvent[] = []
  const keep = (fields: object): void => void events.push(fields as CreationEvent)

  const createItem = defineCreation<{ name: string; size?: number | undefined }, Item, SqliteTransaction>({
    operation: 'createItem',
    store,
    principal: (request) => String(request.headers['x-caller'] ?? 'someone'),
    input: itemSchema,
    create: insertItem,
    duplicates: {
      policy: 'reject',
      naturalKey: ['name'],
      find: ({ name }, { tx, params }) =>
        tx
          .prepare('select id, shelf, name from item where shelf = ? and name = ?')
          .get(params['shelf']!, name) as unknown as Item,
    },
    idempotency: 'optional',
    location: '/shelves/{shelf}/items/{id}',
    log: { info: keep, warn: keep, error: keep },
    openapi: { input: itemSchema, representation: z.looseObject({ name: z.string() }) },
    ...settings,
  })
  // Every answer of every test is held against the generated document.
  const documented = expectDocumented(createItem, '/shelves/{shelf}/items')
  const send: Shop['send'] = async (request) => {
    const answer = await sendRequest(origin, request)
    documented(answer)
    return answer
  }

  const putItem = definePut<{ id: string; name: string }, Item, SqliteTransaction>({
    operation: 'putItem',
    name: 'id',
    store,
    principal: (request) => String(request.headers['x-caller'] ?? 'someone'),
    input: z.strictObject({ id: z.string().max(40), name: z.string().min(1).max(40) }),
    create({ id, name }, { tx, params }) {
      const item = { id, shelf: params['shelf']!, name }
      tx.prepare('insert into item (id, shelf, name) values (?, ?, ?)').run(id, item.shelf, name)
      return created(item)
    },
    find: (id, { tx }) => tx.prepare('select id, shelf, name from item where id = ?').get(id) as unknown as Item,
    replace({ id, shelf }, { name }, { tx }) {
      tx.prepare('update item set name = ? where id = ?').run(name, id)
      return replaced({ id, shelf, name })
    },
    condition: 'required',
    duplicates: { policy: 'reject', naturalKey: ['name'] },
    idempotency: 'optional',
    location: '/shelves/{shelf}/items/{id}',
    represent: ({ id, name }) => ({ id, name }),
    etag: etagOf,
    ...(settings.log !== undefined && { log: settings.log }),
  })

  const app = fastify()
  app.register(createonce)
  app.register(async (routes) => {
    routes.post('/shelves/:shelf/items', toFastify(createItem))
    routes.put('/shelves/:shelf/items/:id', toFastify(putItem))
    routes.get('/shelves/:shelf/items/:id', (request, reply) => {
      const row = store.read.prepare('select id, shelf, name from item where id = ?').get((request.params as Item).id)
      return row ?? reply.code(404).send({})
    })
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

  return {
    origin,
    store,
    events,
    send,
    post: (body, headers = [], path = '/shelves/top/items') =>
      send({
        path,
        headers: [['Content-Type', 'application/json'], ...headers],
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    items: () => store.read.prepare('select * from item order by rowid').all() as unknown as Item[],
    async close() {
      await app.close()
      await store.close()
      await temporary.remove()
    },
  }
}

/** What an author writes: no look-up before the insert, no care for races. */
export const insertItem: NonNullable<ShopSettings['create']> = ({ name, size }, { tx, params }) => {
  const shelf = params['shelf']!
  if (shelf === 'nowhere') return parentNotFound('There is no such shelf.')
  const item = { id: randomUUID(), shelf, name, ...(size !== undefined && { size }) }
  tx.prepare('insert into item (id, shelf, name, size) values (?, ?, ?, ?)').run(item.id, shelf, name, size ?? null)
  return created(item)
}
