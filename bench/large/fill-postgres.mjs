import pg from 'pg'
import { say } from '../say.mjs'

const CHUNK = 500_000
const TABLE = 'createonce.record'

/**
 * Fills the table of records like the one record that is in it, the older half past its retention. The indexes are made
 * afterwards, as they were: row by row they would take most of the time.
 */
export async function fillPostgres(database, records) {
  const client = new pg.Client(database)
  await client.connect()
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`)
    const makeIndexes = await dropIndexes(client)
    for (let first = 1; first <= records; first += CHUNK) {
      const last = Math.min(records, first + CHUNK - 1)
      await client.query(FILL, [first, last, records])
      say(`large: PostgreSQL has ${last} records`)
    }
    await client.query(makeIndexes)
    await client.query(`vacuum (analyze) ${TABLE}`)
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

// Rows lie in the order of their creation, as they would have come in; their ids are as scattered as digests are.
const FILL = `insert into ${TABLE} (id, scope, key, fingerprint, status, headers, body, created_at, expires_at)
  select md5(n::text)::uuid, t.scope, md5(n::text), t.fingerprint, t.status, t.headers, t.body,
    t.created_at - interval '1 day', t.created_at + ((n - $3::bigint / 2) * interval '1 day' / $3::bigint)
  from generate_series($1::bigint, $2::bigint) n, (select * from ${TABLE} order by created_at desc limit 1) t`

/** Drops what indexes the table; returns the statements that make it again. */
async function dropIndexes(client) {
  const { rows: constraints } = await client.query(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = '${TABLE}'::regclass and contype = 'p'`,
  )
  const { rows: indexes } = await client.query(
    `select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = '${TABLE}'::regclass and not indisprimary`,
  )
  for (const { name } of constraints) await client.query(`alter table ${TABLE} drop constraint ${name}`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  return [
    ...constraints.map(({ name, definition }) => `alter table ${TABLE} add constraint ${name} ${definition}`),
    ...indexes.map(({ definition }) => definition),
  ].join(';')
}
