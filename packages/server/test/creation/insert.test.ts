import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type DuplicateRule, defineCreation } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { type SqliteStore, type SqliteTransaction, sqliteStore } from '../../src/stores/sqlite.ts'
import { temporaryFile } from '../stores/temporary-file.ts'

interface Book {
  readonly id: string
  readonly shelf: string
  readonly isbn: string
  readonly author: string | null
  readonly created_at: string
}
type Input = { isbn: string; author?: string | undefined }
type Rule = 'allow' | DuplicateRule<Input, Book, SqliteTransaction, unknown>

const SCHEMA = `
  create table if not exists shelf (name text primary key) strict;
  create table if not exists author (name text primary key) strict;
  insert or ignore into shelf values ('top');
  create table if not exists book (
    id text primary key, shelf text not null references shelf (name), isbn text not null,
    author text references author (name), created_at text not null, unique (shelf, isbn)
  ) strict;`

let store: SqliteStore
let remove: () => Promise<void>
afterEach(async () => {
  await store.close()
  await remove()
})

const find: NonNullable<DuplicateRule<Input, Book, SqliteTransaction, unknown>['find']> = ({ isbn }, { tx, params }) =>
  tx.prepare('select * from book where shelf = ? and isbn = ?').get(params['shelf']!, isbn) as unknown as Book

/** A creation of one declared row, asked without a framework. */
async function open(duplicates: Rule = { policy: 'reject', naturalKey: ['isbn'], find }, schema = SCHEMA) {
  const file = await temporaryFile()
  remove = file.remove
  store = await sqliteStore({ file: file.file, schema })
  let ids = 0
  const creation = defineCreation({
    operation: 'createBook',
    store,
    principal: 'anybody',
    input: z.strictObject({ isbn: z.string().min(3), author: z.string().optional() }),
    insert: {
      table: 'book',
      values: (input, { params, newId, now }): Book => ({
        id: newId(),
        shelf: params['shelf']!,
        isbn: input.isbn,
        author: input.author ?? null,
        created_at: now.toISOString(),
      }),
    },
    duplicates,
    idempotency: 'optional',
    location: '/shelves/{shelf}/books/{id}',
  })
  return async (body: unknown, { key, shelf = 'top' }: { key?: string; shelf?: string } = {}) => {
    const answer = await creation.handle({
      method: 'POST',
      path: `/shelves/${shelf}/books`,
      query: '',
      params: { shelf },
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      body: { kind: 'raw', bytes: Buffer.from(JSON.stringify(body)) },
      requestId: `r${++ids}`,
      native: undefined,
    })
    return { ...answer, json: JSON.parse(answer.body ?? 'null') as Record<string, unknown> }
  }
}
const books = () => store.read.prepare('select * from book order by rowid').all() as unknown as Book[]

describe('a declared creation', () => {
  it('answers 201 with the row as it is kept', async () => {
    const post = await open()
    const { status, headers, json } = await post({ isbn: '978' })
    expect(status).toBe(201)
    expect([json]).toEqual(books().map((book) => ({ ...book })))
    expect(headers['Location']).toBe(`/shelves/top/books/${json['id']}`)
  })

  it('replays, refuses another payload, and is not used up by a refusal', async () => {
    const post = await open()
    expect((await post({ isbn: 'x' }, { key: 'k1' })).status).toBe(400)
    const first = await post({ isbn: '978' }, { key: 'k1' })
    const retry = await post({ isbn: '978' }, { key: 'k1' })
    expect([retry.status, retry.body, retry.headers['Idempotent-Replayed']]).toEqual([201, first.body, 'true'])
    expect((await post({ isbn: '979' }, { key: 'k1' })).status).toBe(422)
    // The look-up comes before validation, also where validation would refuse.
    expect((await post({ isbn: 'x' }, { key: 'k1' })).status).toBe(422)
    expect(books()).toHaveLength(1)
  })

  it('below a parent that does not exist is 404, and the key is free', async () => {
    const post = await open()
    const orphan = await post({ isbn: '978' }, { key: 'k1', shelf: 'nowhere' })
    expect([orphan.status, orphan.json['type']]).toEqual([404, '/problems/parent-not-found'])
    expect((await post({ isbn: '978' }, { key: 'k1' })).status).toBe(201)
  })

  it('that refers to nothing by what the client sent is 400 with its pointer', async () => {
    const post = await open()
    const lost = await post({ isbn: '978', author: 'nobody' })
    expect(lost).toMatchObject({ status: 400, json: { errors: [{ pointer: '/author' }] } })
    expect(books()).toEqual([])
  })
})

describe('a duplicate of a declared creation', () => {
  it('is 409 under reject, links the existing one, and leaves the key free', async () => {
    const post = await open()
    const first = await post({ isbn: '978' })
    const second = await post({ isbn: '978' }, { key: 'k1' })
    expect(second).toMatchObject({
      status: 409,
      json: { fields: ['isbn'], existing: first.headers['Location'] },
    })
    expect((await post({ isbn: '979' }, { key: 'k1' })).status).toBe(201)
  })

  it('is 200 under return-existing, recorded and replayed', async () => {
    const post = await open({ policy: 'return-existing', naturalKey: ['isbn'], find })
    const first = await post({ isbn: '978' })
    const second = await post({ isbn: '978' }, { key: 'k1' })
    expect([second.status, second.headers['Location'], second.json]).toEqual([
      200,
      first.headers['Location'],
      first.json,
    ])
    const replay = await post({ isbn: '978' }, { key: 'k1' })
    expect([replay.status, replay.body, replay.headers['Idempotent-Replayed']]).toEqual([200, second.body, 'true'])
  })

  it('has one winner among 50 at once', async () => {
    const post = await open()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post({ isbn: '978' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(49).fill(409)])
    expect(books()).toHaveLength(1)
  })

  it('where the policy is allow, but the table is not, is a fault of the service', async () => {
    const post = await open('allow')
    await post({ isbn: '978' })
    expect(await post({ isbn: '978' })).toMatchObject({ status: 500 })
  })
})

describe('a table that completes its rows', () => {
  it('is asked for what it made: defaults and triggers stand in the answer', async () => {
    const post = await open(
      undefined,
      `${SCHEMA}
       create trigger if not exists stamp after insert on book begin
         update book set created_at = 'stamped' where id = new.id; end;`,
    )
    const { status, json } = await post({ isbn: '978' })
    expect(status).toBe(201)
    expect(json['created_at']).toBe(books()[0]!.created_at)
  })

  it('that is missing is a fault with its name in the log, not in the answer', async () => {
    const post = await open(undefined, 'select 1')
    const { status, body } = await post({ isbn: '978' })
    expect(status).toBe(500)
    expect(body).not.toContain('book')
  })
})

it('is refused at definition where the store takes no declared rows', () => {
  remove = async () => {}
  store = { close: async () => {} } as SqliteStore
  const define = () =>
    defineCreation({
      operation: 'createBook',
      store: memoryStore(),
      principal: 'anybody',
      input: z.strictObject({ isbn: z.string() }),
      insert: { table: 'book', values: (input) => ({ id: '1', ...input }) },
      duplicates: 'allow',
      idempotency: 'off',
      location: '/books/{id}',
    })
  expect(define).toThrow('this store has no declared inserts; write create() instead')
})
