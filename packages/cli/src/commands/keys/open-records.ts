import { type KeyRecords, postgresKeyRecords, redisKeyRecords, sqliteKeyRecords } from '@createonce/server/operator'
import type { ChosenStore } from './choose-store.ts'
import { loadDriver } from './load-driver.ts'
import { openRedis } from './open-redis.ts'

// What the drivers have of what is used here.
interface Pg {
  readonly default: { readonly Pool: new (options: object) => Parameters<typeof postgresKeyRecords>[0]['pool'] & Ends }
}
interface Ends {
  end(): Promise<void>
}
type PostgresJs = { readonly default: (url: string, options: object) => PostgresSql & Ends }
type PostgresSql = NonNullable<Parameters<typeof postgresKeyRecords>[0]['sql']>

const CONNECT_SECONDS = 5

/** Opens the records of a store; `close` lets everything go. */
export async function openRecords(chosen: ChosenStore): Promise<KeyRecords> {
  if (chosen.kind === 'sqlite') return sqliteKeyRecords({ file: chosen.file })
  if (chosen.kind === 'redis') {
    const { client, end } = await openRedis(chosen.url)
    return endingWith(redisKeyRecords({ ...client, prefix: chosen.prefix }), end)
  }
  const { url, schema } = chosen
  const { name, module } = await loadDriver('A PostgreSQL store', ['pg', 'postgres'])
  if (name === 'pg') {
    const pool = new (module as Pg).default.Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: CONNECT_SECONDS * 1_000,
      application_name: 'createonce keys',
    })!
    return endingWith(postgresKeyRecords({ pool, schema }), () => pool.end())
  }
  const sql = (module as PostgresJs).default(url, { max: 2, connect_timeout: CONNECT_SECONDS, onnotice: () => {} })
  return endingWith(postgresKeyRecords({ sql, schema }), () => sql.end())
}

function endingWith(records: KeyRecords, end: () => unknown): KeyRecords {
  return {
    ...records,
    async close() {
      await records.close()
      await end()
    },
  }
}
