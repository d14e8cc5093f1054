import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type SqliteStore, sqliteStore } from '@createonce/server/sqlite'
import { bookshopTables } from '../bookshop/tables.ts'
import { UsageError } from '../usage-error.ts'

/** An open store, and how to let it go. */
export interface OpenedStore {
  readonly store: SqliteStore
  /** For people: where the data is. */
  readonly where: string
  close(): Promise<void>
}

/** Opens what `--store` names: `sqlite:FILE`, or `memory:` for a temporary file that goes with the process. */
export async function openStore(text: string): Promise<OpenedStore> {
  if (text === 'memory:') return openTemporary()
  if (!text.startsWith('sqlite:') || text === 'sqlite:') {
    throw new UsageError(
      `--store takes sqlite:FILE or memory:, not '${text}'.${/^postgres/.test(text) ? ' PostgreSQL is not in this version.' : ''}`,
    )
  }
  const file = text.slice('sqlite:'.length)
  const store = await open(file)
  return { store, where: file, close: () => store.close() }
}

async function openTemporary(): Promise<OpenedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-'))
  const store = await open(join(folder, 'data.db'))
  return {
    store,
    where: 'a temporary file, gone when the server stops',
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function open(file: string): Promise<SqliteStore> {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return await sqliteStore({ file, schema: bookshopTables })
  } catch (error) {
    throw new UsageError(
      `${(error as Error).message} Check that the folder exists and may be written, or name another file with --store sqlite:FILE.`,
    )
  }
}
