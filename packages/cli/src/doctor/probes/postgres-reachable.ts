import type { Probe } from '../probe.ts'
import { lendPostgres } from '../stores/ask-postgres.ts'
import { serverName } from '../stores/server-name.ts'

export const postgresReachable: Probe = {
  id: 'postgres-reachable',
  needs: 'PostgreSQL answers to the role of the service',
  how: 'Connects with `prerequisites.postgres.url`, by the `pg` or `postgres` of your project.',
  why: 'While the database is away, every creation is answered 503 `store-unavailable`.',
  mend: 'Look at what the server says, then at host, port, name of the database, role, password and `pg_hba.conf`.',
  async look(surroundings) {
    const needed = surroundings.profile.prerequisites?.postgres
    if (needed === undefined) return []
    const subject = serverName(needed.url)
    return lendPostgres(surroundings, async (opened) => {
      if (opened.kind !== 'open') {
        const { kind, seen, mend } = opened
        return [{ subject, kind, seen, ...(mend !== undefined && { mend }) }]
      }
      const [row] = await opened.connection.query('select current_user::text as role')
      return [{ subject, kind: 'good', seen: `answers to the role ${row!['role']}` }]
    })
  },
}
