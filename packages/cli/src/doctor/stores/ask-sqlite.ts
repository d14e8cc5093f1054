import { dirname, resolve } from 'node:path'
import type { SqliteNeeded } from '../../config/config.ts'
import type { Reading, Surroundings } from '../probe.ts'
import { storeDefaults } from './defaults.ts'
import { unsetVariable } from './unset-variable.ts'

/** Where the database is, or will be. */
export interface SqlitePlace extends Required<SqliteNeeded> {
  /** Absolute. */
  readonly file: string
  readonly folder: string
}

/** Looks at the file of the database, where the profile needs one. */
export async function askSqlite(
  surroundings: Surroundings,
  look: (place: SqlitePlace) => Promise<Omit<Reading, 'subject'> | undefined>,
): Promise<readonly Reading[]> {
  const given = surroundings.profile.prerequisites?.sqlite
  if (given === undefined) return []
  const unset = unsetVariable(surroundings, 'sqlite.file')
  if (unset !== undefined) return [{ subject: '', ...unset }]
  const file = resolve(dirname(surroundings.file), given.file)
  const seen = await look({ ...storeDefaults.sqlite, ...given, file, folder: dirname(file) })
  return seen === undefined ? [] : [{ subject: given.file, ...seen }]
}
