import type { Probe, Reading } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'
import { tryOnRecords } from '../stores/try-on-records.ts'
import { tryOnTable } from '../stores/try-on-table.ts'

export const postgresPrivileges: Probe = {
  id: 'postgres-privileges',
  needs:
    'The role may do on the tables of the store, and on those in `prerequisites.postgres.tables`, what the service does',
  how: 'Does it, inside a transaction that is rolled back: a record is inserted, read, locked and deleted; into your tables nothing is inserted, by an INSERT without rows, which asks for the same privilege.',
  why: 'A missing privilege shows with the first creation: 503 where it is on the tables of the store, 500 where it is on yours.',
  mend: 'Grant what is missing: the guide to the PostgreSQL store, under Roles, has the statements.',
  look: (surroundings) =>
    askPostgres(surroundings, async (connection, { schema, tables }) => {
      const readings: Reading[] = []
      await connection.query('begin')
      try {
        readings.push(await tryOnRecords(connection, schema))
        for (const table of tables) readings.push(...(await tryOnTable(connection, table)))
      } finally {
        await connection.query('rollback')
      }
      return readings
    }),
}
