import { existsSync } from 'node:fs'
import type { SqliteDatabase } from '@createonce/server/sqlite'
import type { Probe } from '../probe.ts'
import { askSqlite } from '../stores/ask-sqlite.ts'
import { explainSqliteError, withSqlite, withSqliteBeside } from '../stores/open-sqlite.ts'

export const sqliteWalAndFull: Probe = {
  id: 'sqlite-wal-and-full',
  needs: 'The folder allows write-ahead logging with `synchronous = FULL`, and the file is a database',
  how: 'Commits to a database beside the file as the store does, and removes it; reads the mode of the file itself, which stays as it is.',
  why: 'A 201 means that the commit is on the disk. The store does not start where the file system does not allow write-ahead logging.',
  mend: 'Put the file on a local disk. Where it is no database of SQLite, name another one.',
  look: (surroundings) =>
    askSqlite(surroundings, async ({ file, folder }) => {
      if (!existsSync(folder)) return { kind: 'unknown', seen: `not looked at: there is no folder ${folder}` }
      try {
        const beside = await withSqliteBeside(surroundings.file, file, commitAsTheStore)
        if (beside !== 'wal') return { kind: 'bad', seen: `journal_mode stays ${beside} in this folder` }
        const mode = existsSync(file) ? await withSqlite(surroundings.file, file, journalMode) : 'wal'
        const later = mode === 'wal' ? '' : `; the file is in mode ${mode} until the store opens it`
        return { kind: 'good', seen: `WAL and FULL work here${later}` }
      } catch (error) {
        return explainSqliteError(error)
      }
    }),
}

function commitAsTheStore(database: SqliteDatabase): string {
  const mode = String(database.prepare('pragma journal_mode = wal').get()!['journal_mode'])
  if (mode !== 'wal') return mode
  database.exec('pragma synchronous = full; create table doctor (id integer); insert into doctor values (1)')
  const { synchronous } = database.prepare('pragma synchronous').get()!
  if (synchronous !== 2) throw new Error(`synchronous stays ${synchronous} where FULL is 2`)
  return mode
}

function journalMode(database: SqliteDatabase): string {
  return String(database.prepare('pragma journal_mode').get()!['journal_mode'])
}
