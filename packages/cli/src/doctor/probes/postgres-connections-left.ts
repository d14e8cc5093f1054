import type { Probe } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'
import { APPLICATION_NAME } from '../stores/open-postgres.ts'

// What an ordinary role cannot read of another's connection is null there; without a database it is none of a client.
// Settings that came with later versions are null before.
const COUNT = `with used as (
    select count(*) as all,
      count(*) filter (where datname = current_database()) as here,
      count(*) filter (where usename = current_user) as ours
    from pg_catalog.pg_stat_activity
    where datid is not null and coalesce(backend_type, 'client backend') = 'client backend'
      and not (usename = current_user and application_name = '${APPLICATION_NAME}')
  )
  select
    (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true)::int, 0))::text as most, used.all::text as all,
    datconnlimit::text as most_here, used.here::text as here, rolconnlimit::text as most_ours, used.ours::text as ours
  from used, pg_catalog.pg_database, pg_catalog.pg_roles
  where datname = current_database() and rolname = current_user`

export const postgresConnectionsLeft: Probe = {
  id: 'postgres-connections-left',
  needs: 'So many connections are left as `prerequisites.postgres.connections` says',
  how: '`max_connections` less those reserved and those in use; also the limits of the database and of the role.',
  why: 'Without a connection, creations wait and are then answered 503; all processes of the service together must find room.',
  mend: 'Make the pools smaller, end what is idle (`select * from pg_stat_activity`), raise `max_connections`, or put a pooler in between; behind one, set `connections` to 1.',
  look: (surroundings) =>
    askPostgres(surroundings, async ({ query }, { connections }) => {
      const [row] = await query(COUNT)
      const room = [
        { most: row!['most'], used: row!['all'], of: 'of the server' },
        { most: row!['most_here'], used: row!['here'], of: 'of the database' },
        { most: row!['most_ours'], used: row!['ours'], of: 'of the role' },
      ]
        // A limit below zero is none.
        .filter(({ most }) => Number(most) >= 0)
        .map(({ most, used, of }) => ({ left: Math.max(0, Number(most) - Number(used)), most, of }))
        .toSorted((one, other) => one.left - other.left)
      const { left, most, of } = room[0]!
      return [
        {
          kind: left >= connections ? 'good' : 'bad',
          seen: `${left} of the ${most} ${of} are left; ${connections} are needed`,
        },
      ]
    }),
}
