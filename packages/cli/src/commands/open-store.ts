import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Observer } from '@createonce/server'
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
export async function openStore(text: string, observe: Observer): Promise<OpenedStore> {
  if (text === 'memory:') return openTemporary(observe)
  const [, scheme = '', file = ''] = /^([a-z]+):(.*)$/i.exec(text) ?? []
  // Only the scheme is repeated: what follows it may hold a password.
  if (/^postgres(ql)?$/i.test(scheme)) {
    throw new UsageError('--store postgres:// is not in this version of createonce; use sqlite:FILE or memory:.')
  }
  if (scheme !== 'sqlite' || file === '') {
    throw new UsageError(`--store takes sqlite:FILE or memory:, not ${scheme === '' ? `'${text}'` : `'${scheme}:'`}.`)
  }
  if (file === ':memory:') throw new UsageError('A temporary store is --store memory: in createonce.')
  const store = await open(file, observe)
  return { store, where: file, close: () => store.close() }
}

async function openTemporary(observe: Observer): Promise<OpenedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-'))
  const store = await open(join(folder, 'data.db'), observe)
  return {
    store,
    where: 'a temporary file, gone when the server stops',
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function open(file: string, observe: Observer): Promise<SqliteStore> {
  makeFolder(dirname(file))
  try {
    return await sqliteStore({ file, schema: bookshopTables, observe })
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
