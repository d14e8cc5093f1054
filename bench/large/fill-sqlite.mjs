import { say } from '../say.mjs'

const CHUNK = 250_000
const TABLE = 'createonce_record'

/**
 * Fills the table like the one record that is in it: in the order of their creation, as they would have come in, the older
 * half past its retention, each found by a claim as scattered as digests are. The index of the expiry is made afterwards.
 */
export async function fillSqlite(file, records) {
  const { DatabaseSync } = process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma synchronous = off; pragma cache_size = -2097152')
    const indexes = database
      .prepare(`select name, sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null`)
      .all(TABLE)
    for (const { name } of indexes) database.exec(`drop index ${name}`)
    const fill = database.prepare(FILL)
    for (let first = 1; first <= records; first += CHUNK) {
      const last = Math.min(records, first + CHUNK - 1)
      fill.run({ first, last, records })
      say(`large: SQLite has ${last} records`)
    }
    for (const { sql } of indexes) database.exec(sql)
    database.exec('analyze; pragma wal_checkpoint(truncate)')
  } finally {
    database.close()
  }
}

const FILL = `with recursive series (n) as (select $first union all select n + 1 from series where n < $last)
  insert into ${TABLE} (claim, scope, key, fingerprint, status, headers, body, created_at, expires_at)
  select randomblob(16), t.scope, lower(hex(randomblob(16))) || '-filled', t.fingerprint, t.status, t.headers, t.body,
    t.created_at - 86400000, t.created_at + (n - $records / 2) * 86400000 / $records
  from series, (select * from ${TABLE} where key not like '%-filled' limit 1) t`
