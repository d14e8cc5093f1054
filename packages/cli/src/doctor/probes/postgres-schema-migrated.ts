import type { Probe, Reading } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'
import { loadFromProject } from '../stores/load-from-project.ts'
import type { PostgresConnection } from '../stores/open-postgres.ts'
import { sqlText } from '../stores/sql-text.ts'

type StoreModule = { postgresMigrations(schema: string): readonly string[] }

export const postgresSchemaMigrated: Probe = {
  id: 'postgres-schema-migrated',
  needs: 'The schema of Createonce is there, in the version that your `@createonce/server` knows',
  how: 'The highest number in the table `migration` of the schema, against `postgresMigrations` of the package in your project.',
  why: 'With an older one the store has to migrate when it starts, which its role may not be allowed to; a newer one it refuses.',
  mend: 'Start the service once as the owner of the schema, or run `postgresMigrations(schema)` in your own migrations. Where the database is newer, update `@createonce/server`.',
  look: (surroundings) =>
    askPostgres(surroundings, async (connection, { schema }) => {
      const module = (await loadFromProject('@createonce/server/postgres', surroundings.file)) as StoreModule
      const known = module.postgresMigrations(schema).length
      return [judge(await find(connection, schema), { schema, known })]
    }),
}

interface Found {
  /** 0 where there is nothing. */
  readonly latest: number
  /** Whether this role may bring it up to date, as the store does when it starts. */
  readonly mayMigrate: boolean
}

async function find({ query }: PostgresConnection, schema: string): Promise<Found> {
  const name = sqlText(schema)
  // In the catalogue, which every role may read.
  const [row] = await query(`select
      (select c.oid::text from pg_catalog.pg_class c where c.relnamespace = n.oid and c.relname = 'migration') as table,
      (case when n.oid is null then has_database_privilege(current_database(), 'create')
        else has_schema_privilege(n.oid, 'create') end)::text as allowed
    from (select 1) one left join pg_catalog.pg_namespace n on n.nspname = ${name}`)
  const mayMigrate = row!['allowed'] === 'true'
  if (row!['table'] === null) return { latest: 0, mayMigrate }
  const quoted = `"${schema.replaceAll('"', '""')}"`
  const [newest] = await query(`select coalesce(max(number), 0)::text as latest from ${quoted}.migration`)
  return { latest: Number(newest!['latest']), mayMigrate }
}

function judge(
  { latest, mayMigrate }: Found,
  { schema, known }: { readonly schema: string; readonly known: number },
): Omit<Reading, 'subject'> {
  if (latest === known) return { kind: 'good', seen: `schema ${schema} has version ${latest}` }
  if (latest > known) {
    return {
      kind: 'bad',
      seen: `schema ${schema} has version ${latest}; @createonce/server here knows ${known}`,
      mend: 'Update @createonce/server: a newer one has migrated the database.',
    }
  }
  const seen =
    latest === 0 ? `there is no schema ${schema} of Createonce` : `schema ${schema} has version ${latest} of ${known}`
  if (!mayMigrate) return { kind: 'bad', seen: `${seen}, and this role may not create it` }
  return {
    kind: 'warning',
    seen: `${seen}; this role may create it`,
    mend: 'The store creates it when the service starts, unless `migrate: false` is set.',
  }
}
