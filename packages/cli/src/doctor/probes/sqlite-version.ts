import type { Probe, Reading } from '../probe.ts'
import { askSqlite } from '../stores/ask-sqlite.ts'
import { loadSqlite, withSqlite } from '../stores/open-sqlite.ts'

export const sqliteVersion: Probe = {
  id: 'sqlite-version',
  needs: 'SQLite 3.51.3 or later (or 3.50.7, 3.44.6), where more than one connection writes to the file',
  how: '`sqlite_version()` of the driver that the store finds: `node:sqlite` of this Node, else `@photostructure/sqlite`.',
  why: 'Versions from 3.7.0 on have the WAL-reset bug (https://www.sqlite.org/wal.html#walresetbug): where two connections write to one file at the same time, commits that were acknowledged can get lost.',
  mend: 'Update Node or `@photostructure/sqlite`, or let only one process open the file.',
  look: (surroundings) =>
    askSqlite(surroundings, async () => {
      const { hasWalResetBug } = await loadSqlite(surroundings.file)
      const version = await withSqlite(surroundings.file, ':memory:', (database) =>
        String(database.prepare('select sqlite_version() as version').get()!['version']),
      )
      return judgeSqliteVersion(version, hasWalResetBug)
    }),
}

/** It works with one process on the file, and which there are is not seen from here: a warning. */
export function judgeSqliteVersion(
  version: string,
  hasWalResetBug: (version: string) => boolean,
): Omit<Reading, 'subject'> {
  if (!hasWalResetBug(version)) return { kind: 'good', seen: version }
  return { kind: 'warning', seen: `${version} can lose commits where two processes write to the file at once` }
}
