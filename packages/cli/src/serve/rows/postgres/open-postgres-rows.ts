import { join } from 'node:path'
import { StoreUnavailableError } from '@createonce/server'
import { postgresStore } from '@createonce/server/postgres'
import { explainError } from '../../../doctor/stores/explain-error.ts'
import { loadFromProject } from '../../../doctor/stores/load-from-project.ts'
import { UsageError } from '../../../usage-error.ts'
import type { Rows, RowsOptions, Table } from '../rows.ts'
import { bringUpToDate } from './bring-up-to-date.ts'
import type { PgModule, PgPool } from './pg.ts'
import { placeOfUrl } from './place-of-url.ts'
import { postgresRows } from './postgres-rows.ts'

// More than a process of one thread can keep busy, and a tenth of what a server takes by default.
const CONNECTIONS = 10

// A read waits for a connection as long as a creation does.
const ACQUIRE_MS = 5_000

/** Opens a PostgreSQL database by `pg`, and makes and updates its tables. */
export async function openPostgresRows(
  url: string,
  tables: readonly Table[],
  { observe }: RowsOptions,
): Promise<Rows<unknown>> {
  const pool = makePool(await loadPg(), url)
  const store = postgresStore({ pool, ...(observe !== undefined && { observe }) })
  const close = async () => {
    await store.close()
    await pool.end()
  }
  try {
    await Promise.all([store.ready(), bringUpToDate(pool, tables)])
  } catch (error) {
    await close()
    if (error instanceof UsageError || error instanceof TypeError) throw error
    // The store says the same thing in more words.
    const first = error instanceof StoreUnavailableError ? (error.cause ?? error) : error
    throw new UsageError(
      `The database ${placeOfUrl(url)} cannot be used: ${explainError(first, url).replace(/\.$/, '')}. Mend it, or name another one with --store postgres://USER:PASSWORD@HOST/DATABASE.`,
    )
  }
  return postgresRows({ store, pool, where: placeOfUrl(url), close }) as Rows<unknown>
}

async function loadPg(): Promise<PgModule> {
  // The file need not be there: it says which folder packages are looked for from.
  const module = await loadFromProject('pg', join(process.cwd(), 'package.json'))
  if (module === undefined) {
    throw new UsageError('--store postgres:// needs the package pg, which is not installed: npm install pg')
  }
  return module as unknown as PgModule
}

function makePool({ Client, Pool }: PgModule, url: string): PgPool {
  try {
    // Reads the URL, which a pool does only when it connects.
    new Client({ connectionString: url })
  } catch {
    // Its message may repeat the text, and the password with it.
    throw new UsageError('The URL of --store cannot be read; write postgres://USER:PASSWORD@HOST:PORT/DATABASE.')
  }
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: ACQUIRE_MS,
    application_name: 'createonce serve',
  })
  // An idle connection that breaks would end the process; the next request opens another one.
  pool.on('error', () => {})
  return pool
}
