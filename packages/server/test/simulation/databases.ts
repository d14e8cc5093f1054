import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { postgresStore } from '../../src/stores/postgres.ts'
import { sqliteStore } from '../../src/stores/sqlite.ts'
import { startPostgres } from '../stores/postgres-server.ts'
import type { Told } from './crashing.ts'
import { type Creations, creationsOver } from './creations.ts'

/** Where a process creates that dies, and another one after it. */
export interface Place {
  /** What the process has to be told. */
  readonly told: Pick<Told, 'file' | 'schema' | 'config'>
  /** Opens it as a restarted process does. */
  open(): Promise<Opened>
}

/** An open place. */
export interface Opened {
  readonly creations: Creations
  /** The ids of the rows of an item. */
  idsOf(item: string): Promise<string[]>
  close(): Promise<void>
}

/** A database in which processes die. */
export interface Database {
  /** A place whose state is known: every process dies in one that is alike. */
  place(): Promise<Place>
  end(): Promise<void>
}

const TABLE = 'create table if not exists thing (id text primary key, item text not null)'

/** A file for each process. */
export async function sqliteFiles(folder: string): Promise<Database> {
  return {
    async place() {
      const file = join(folder, `${randomUUID()}.db`)
      return {
        told: { file, schema: `${TABLE} strict` },
        async open() {
          const store = await sqliteStore({ file, schema: `${TABLE} strict` })
          return {
            creations: creationsOver(store, (tx, { id, item }) =>
              tx.prepare('insert into thing (id, item) values (?, ?)').run(id, item),
            ),
            idsOf: async (item) =>
              store.read
                .prepare('select id from thing where item = ?')
                .all(item)
                .map(({ id }) => String(id)),
            async close() {
              await store.close()
              for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true })
            },
          }
        },
      }
    },
    end: async () => {},
  }
}

/** One database for all of them: what a process leaves there is a key of its own. */
export async function postgresDatabase(): Promise<Database> {
  const server = await startPostgres()
  const config = server.config(await server.createDatabase(TABLE))
  const pool = new pg.Pool({ ...config, max: 4 })
  const store = postgresStore({ pool })
  await store.ready()
  const opened: Opened = {
    creations: creationsOver(store, (tx, { id, item }) =>
      tx.query('insert into thing (id, item) values ($1, $2)', [id, item]),
    ),
    idsOf: async (item) => (await pool.query('select id from thing where item = $1', [item])).rows.map(({ id }) => id),
    close: async () => {},
  }
  return {
    place: async () => ({ told: { config }, open: async () => opened }),
    async end() {
      await store.close()
      await pool.end()
      await server.stop()
    },
  }
}
