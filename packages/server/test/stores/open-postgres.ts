import pg from 'pg'
import postgres from 'postgres'
import type { Claimed, Session } from '../../src/index.ts'
import { type PostgresSettings, type PostgresStore, postgresStore } from '../../src/stores/postgres.ts'
import type { PostgresServer } from './postgres-server.ts'

/** The author's handle, whichever driver is behind it. */
export interface Statements {
  /** Runs a statement and returns its rows. */
  run(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** The handle itself. */
  readonly tx: unknown
}

/** A store on a database of its own. */
export interface OpenedPostgres {
  readonly database: string
  readonly store: PostgresStore<Statements>
  /** A second store, with a pool of its own, as another process has it. */
  another(settings?: Partial<OpenSettings>): PostgresStore<Statements>
  /** Runs `step` under a key and keeps it, unless it throws. */
  creating(
    step: (statements: Statements, session: Session<Statements>) => unknown,
    key?: string,
    store?: PostgresStore<Statements>,
  ): Promise<Claimed<unknown>>
  /** Inserts a thing and keeps it with the record of the key. */
  create(key: string, store?: PostgresStore<Statements>): Promise<Claimed<unknown>>
  names(): Promise<string[]>
  keys(): Promise<string[]>
  close(): Promise<void>
}

export type Driver = 'pg' | 'postgres.js'

interface OpenSettings extends PostgresSettings {
  readonly driver: Driver
  readonly max: number
  readonly port: number
  readonly user: string
  readonly password: string
  /** Settings of the pool. */
  readonly pool: pg.PoolConfig
}

export const drivers: readonly Driver[] = ['pg', 'postgres.js']

export const answer = { status: 201, headers: { Location: '/things/1' } }
export const claimOf = (key: string) => ({
  scope: '"anybody" createThing',
  key,
  fingerprint: '1:f',
  retentionMs: 3_600_000,
})

/** Opens it; `tables` come after the table `thing`. Unless it is to be recycled, the test may do to it what it likes. */
export async function openPostgres(
  server: PostgresServer,
  {
    tables = '',
    isRecycled = true,
    ...settings
  }: Partial<OpenSettings> & { tables?: string; isRecycled?: boolean } = {},
): Promise<OpenedPostgres> {
  const database = await server.createDatabase(
    `create table thing (id serial primary key, name text not null unique); ${tables}`,
  )
  const ends: (() => Promise<void>)[] = []

  function open(own: Partial<OpenSettings> = {}): PostgresStore<Statements> {
    const { driver = 'pg', max = 4, pool, ...rest } = { ...settings, ...own }
    const { port, user, password, ...forStore } = rest
    const config = { ...server.config(database), max, ...defined({ port, user, password }) }
    if (driver === 'pg') {
      const clients = new pg.Pool({ ...config, ...pool })
      const wrap = (client: pg.PoolClient): Statements => ({
        tx: client,
        run: async (text, values) => (await client.query(text, values)).rows as Record<string, unknown>[],
      })
      const store = postgresStore({ pool: clients, wrap, ...forStore })
      ends.push(() => store.close().then(() => clients.end()))
      return store
    }
    // Its own pause between two attempts to connect grows to 20 seconds.
    const sql = postgres({ ...config, onnotice: () => {}, backoff: () => 0.05 })
    const wrap = (reserved: postgres.ReservedSql): Statements => ({
      tx: reserved,
      run: async (text, values = []) => [...(await reserved.unsafe(text, values as never[]))],
    })
    const store = postgresStore({ sql, wrap, ...forStore })
    // Without a limit, postgres.js waits for ever where a connection broke while a query ran.
    ends.push(() => store.close().then(() => sql.end({ timeout: 0.1 })))
    return store
  }

  const store = open()
  const creating: OpenedPostgres['creating'] = (step, key = 'k1', own = store) =>
    own.once(claimOf(key), async (session) => {
      const result = await step(session.tx, session)
      return { kind: 'commit', result, answer }
    })
  return {
    database,
    store,
    another: open,
    creating,
    create: (key, own) => creating((tx) => insert(tx, key).then(() => key), key, own),
    names: async () =>
      (await server.query<{ name: string }>(database, 'select name from thing order by id')).map(({ name }) => name),
    keys: async () =>
      (await server.query<{ key: string }>(database, 'select key from createonce.record order by key')).map(
        ({ key }) => key,
      ),
    async close() {
      for (const end of ends) await end()
      if (isRecycled) await server.recycle(database)
    },
  }
}

/** Inserts a thing. */
export function insert(tx: Statements, name: string): Promise<unknown> {
  return tx.run('insert into thing (name) values ($1)', [name])
}

/** What an author does who does not care about errors. */
export async function swallowing(step: () => unknown): Promise<void> {
  try {
    await step()
  } catch {
    // On purpose.
  }
}

function defined<T extends object>(values: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
