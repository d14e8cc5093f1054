import type { PostgresNeeded } from '../../config/config.ts'
import type { Reading, Surroundings } from '../probe.ts'
import { createLender, notLooked } from './create-lender.ts'
import { storeDefaults } from './defaults.ts'
import { explainError } from './explain-error.ts'
import { openPostgres, type PostgresConnection } from './open-postgres.ts'
import { serverName } from './server-name.ts'

/** Lends the run's one connection to PostgreSQL. */
export const lendPostgres = createLender(openPostgres)

/** What a probe sees by a connection; the subject of each reading is the database where it names none. */
export type PostgresLook = (
  connection: PostgresConnection,
  needed: Required<PostgresNeeded>,
) => Promise<readonly Omit<Reading, 'subject'>[] | readonly Reading[]>

/** Looks by the run's connection, where the profile needs PostgreSQL. */
export async function askPostgres(surroundings: Surroundings, look: PostgresLook): Promise<readonly Reading[]> {
  const given = surroundings.profile.prerequisites?.postgres
  if (given === undefined) return []
  const subject = serverName(given.url)
  const needed = { ...storeDefaults.postgres, ...given }
  return lendPostgres(surroundings, async (opened) => {
    if (opened.kind !== 'open') return notLooked(subject, 'PostgreSQL')
    try {
      return (await look(opened.connection, needed)).map((reading) => ({ subject, ...reading }))
    } catch (error) {
      // The error's own text may hold what was connected with.
      return [{ subject, kind: 'unknown', seen: explainError(error, given.url) }]
    }
  })
}
