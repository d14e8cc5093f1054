import type { Probe, Reading } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'
import { oldestVersions } from '../stores/defaults.ts'

export const postgresVersion: Probe = {
  id: 'postgres-version',
  needs: `PostgreSQL ${oldestVersions.postgres} or later`,
  how: '`server_version_num`.',
  why: 'The store is tested on these versions and later ones only.',
  mend: 'Upgrade the server.',
  look: (surroundings) =>
    askPostgres(surroundings, async ({ query }) => {
      const [row] = await query(
        `select current_setting('server_version') as version, current_setting('server_version_num') as number`,
      )
      return [judgePostgresVersion(row!['version']!, Number(row!['number']))]
    }),
}

/** By `server_version_num`: 120022 is 12.22, and 90624 is 9.6.24. */
export function judgePostgresVersion(version: string, number: number): Omit<Reading, 'subject'> {
  return { kind: number >= oldestVersions.postgres * 10_000 ? 'good' : 'bad', seen: version }
}
