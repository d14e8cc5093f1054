import type { Probe } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'

export const postgresSynchronousCommit: Probe = {
  id: 'postgres-synchronous-commit',
  needs: 'A commit that is acknowledged has reached the disk: `synchronous_commit` and `fsync` are on',
  how: 'Both settings, as the role of the service has them in this database; with standbys that are waited for, `synchronous_standby_names` too.',
  why: 'Otherwise a crash of the server forgets creations that were answered 201, and their retries create again.',
  mend: '`alter role … reset synchronous_commit` and `alter database … reset synchronous_commit`, or set it to `on` in `postgresql.conf`; `fsync = on` there.',
  look: (surroundings) =>
    askPostgres(surroundings, async ({ query }) => {
      const [row] = await query(`select current_setting('synchronous_commit') as commit,
        current_setting('fsync') as fsync, current_setting('synchronous_standby_names') as standbys`)
      const { commit, fsync, standbys } = row!
      const seen = `synchronous_commit ${commit}, fsync ${fsync}`
      if (commit === 'off' || fsync === 'off') return [{ kind: 'bad', seen }]
      // Without standbys that are waited for, all values but `off` mean the local disk.
      // https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT
      if (standbys !== '' && commit === 'local') {
        return [
          {
            kind: 'warning',
            seen: `${seen}, and the standbys ${standbys} are not waited for: a failover may lose commits`,
          },
        ]
      }
      return [{ kind: 'good', seen }]
    }),
}
