import { say } from '../say.mjs'

const CHUNK = 250_000
const TABLE = 'createonce_record'

/**
 * Fills the table of records like the one record that is in it, every second one past its retention. Claims come in
 * order and spread over all their range; the index of the expiry is made afterwards, as it was.
 */
export async function fillSqlite(file, records) {
  const { DatabaseSync } = process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma synchronous = off; pragma cache_size = -262144')
    const indexes = database
      .prepare(`select name, sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null`)
      .all(TABLE)
    for (const { name } of indexes) database.exec(`drop index ${name}`)
    const fill = database.prepare(FILL)
    for (let first = 1; first <= records; first += CHUNK) {
      const last = Math.min(records, first + CHUNK - 1)
      fill.run({ first, last, step: Math.floor(2 ** 32 / (records + 1)) })
      say(`large: SQLite has ${last} records`)
    }
    for (const { sql } of indexes) database.exec(sql)
    database.exec('analyze; pragma wal_checkpoint(truncate)')
  } finally {
    database.close()
  }
}

// Times of expiry are scattered over the keys, by a multiplication that hits every number once (a prime modulus): what
// is purged together does not lie together.
const FILL = `with recursive series (n) as (select $first union all select n + 1 from series where n < $last)
  insert into ${TABLE} (claim, scope, key, fingerprint, status, headers, body, created_at, expires_at)
  select unhex(printf('%08x%024x', n * $step, n)), t.scope, printf('%08x', n * $step) || '-filled', t.fingerprint, t.status, t.headers, t.body, t.created_at,
    t.created_at + (case n % 2 when 0 then 86400000 else -86400000 end) + (n * 48271) % 2147483647 % 80000000
  from series, (select * from ${TABLE} where key not like '%-filled' limit 1) t`
