import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type SqliteStore, type SqliteStoreOptions, sqliteStore } from '@createonce/server/sqlite'
import { UsageError } from '../usage-error.ts'

/** An open store, and how to let it go. */
export interface OpenedStore {
  readonly store: SqliteStore
  /** For people: where the data is. */
  readonly where: string
  close(): Promise<void>
}

type Settings = Pick<SqliteStoreOptions, 'schema' | 'observe'>

/** Opens a SQLite file, whose folder is made where it is missing; without a name a temporary one that goes with the process. */
export async function openSqliteFile(file: string | undefined, settings: Settings): Promise<OpenedStore> {
  if (file === undefined) return openTemporary(settings)
  const store = await open(file, settings)
  return { store, where: file, close: () => store.close() }
}

async function openTemporary(settings: Settings): Promise<OpenedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-'))
  // Nothing of it is read after this process: a power cut may take it.
  const store = await open(join(folder, 'data.db'), { ...settings, durability: 'normal' })
  return {
    store,
    where: 'a temporary file, gone when the server stops',
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function open(file: string, settings: Omit<SqliteStoreOptions, 'file'>): Promise<SqliteStore> {
  makeFolder(dirname(file))
  try {
    return await sqliteStore({ file, ...settings })
  } catch (error) {
    throw new UsageError(`${(error as Error).message} Mend it, or name another file with --store sqlite:FILE.`)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'there is a file of that name' : message
    throw new UsageError(
      `The folder ${folder} cannot be made: ${why}. Mend it, or name another file with --store sqlite:FILE.`,
    )
  }
}
