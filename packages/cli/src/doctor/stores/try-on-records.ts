import { randomUUID } from 'node:crypto'
import type { Reading } from '../probe.ts'
import type { PostgresConnection } from './open-postgres.ts'
import { sqlText } from './sql-text.ts'
import { tryStatement } from './try-statement.ts'

// undefined_table and invalid_schema_name: another probe says it.
const MISSING = new Set(['42P01', '3F000'])

/** Tries everything that the store does with its records, in the transaction that has begun. */
export async function tryOnRecords(connection: PostgresConnection, schema: string): Promise<Reading> {
  const name = `"${schema.replaceAll('"', '""')}"`
  const table = `${name}.record`
  const subject = `${schema}.record`
  const id = sqlText(randomUUID())
  const steps = [
    [`select on ${schema}.migration`, `select number from ${name}.migration limit 1`],
    [
      'insert',
      `insert into ${table} (id, scope, key, fingerprint, status, headers, body, created_at, expires_at)
        values (${id}, 'doctor', 'doctor', '', 201, '{}', null, now(), now())`,
    ],
    ['select', `select fingerprint, status, headers, body, expires_at from ${table} where id = ${id}`],
    ['update (expires_at), for purge()', `select id from ${table} where id = ${id} for update skip locked`],
    ['delete', `delete from ${table} where id = ${id}`],
  ] as const
  const forbidden: string[] = []
  for (const [privilege, text] of steps) {
    const tried = await tryStatement(connection, text)
    if (tried.kind === 'forbidden') forbidden.push(privilege)
    if (tried.kind !== 'failed') continue
    if (MISSING.has(tried.code)) return { subject, kind: 'unknown', seen: 'not tried: the schema is not migrated' }
    return { subject, kind: 'bad', seen: `${privilege} fails: ${tried.message}` }
  }
  if (forbidden.length === 0) return { subject, kind: 'good', seen: 'insert, select, lock and delete work' }
  const seen = `the role lacks ${forbidden.join(', ')}`
  // Only purging locks: creations work, and the table grows.
  return { subject, kind: forbidden.every((privilege) => privilege.startsWith('update')) ? 'warning' : 'bad', seen }
}
