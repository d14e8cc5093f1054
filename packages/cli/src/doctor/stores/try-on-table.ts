import type { Reading } from '../probe.ts'
import type { PostgresConnection } from './open-postgres.ts'
import { sqlText } from './sql-text.ts'
import { tryStatement } from './try-statement.ts'

/**
 * Tries to insert into a table of the service, in the transaction that has begun. No row is inserted: what its columns
 * need is the service's to know, and a number taken from a sequence is not given back by a rollback. Reading and deleting
 * are tried as well, and are no prerequisite: a service may do without.
 */
export async function tryOnTable(connection: PostgresConnection, subject: string): Promise<readonly Reading[]> {
  const found = await findTable(connection, subject)
  if (found.kind !== 'found') return [{ subject, kind: 'bad', seen: found.seen, mend: found.mend }]
  const { table } = found
  const insert = await tryStatement(connection, `insert into ${table} select where false`)
  if (insert.kind !== 'done') {
    const mend = insert.kind === 'forbidden' ? { mend: `grant insert on ${table} to the role of the service` } : {}
    return [{ subject, kind: 'bad', seen: `insert fails: ${insert.message}`, ...mend }]
  }
  const select = await tryStatement(connection, `select from ${table} where false`)
  const remove = await tryStatement(connection, `delete from ${table} where false`)
  const works = ['insert', ...(select.kind === 'done' ? ['select'] : []), ...(remove.kind === 'done' ? ['delete'] : [])]
  return [
    { subject, kind: 'good', seen: `${works.join(', ')} work` },
    ...(await lookAtSequences(connection, subject, found.oid)),
  ]
}

type FoundTable =
  | { readonly kind: 'found'; readonly table: string; readonly oid: string }
  | { readonly kind: 'lost'; readonly seen: string; readonly mend: string }

/** The table as SQL reads the name, else as it is written: `Order` of a library that quotes. */
async function findTable(connection: PostgresConnection, subject: string): Promise<FoundTable> {
  const quoted = subject.split('.').map((part) => `"${part.replaceAll('"', '""')}"`)
  for (const name of [subject, quoted.join('.')]) {
    const look = `select to_regclass(${sqlText(name)})`
    const tried = await tryStatement(connection, look)
    if (tried.kind === 'forbidden') {
      return { kind: 'lost', seen: tried.message, mend: 'grant usage on its schema to the role of the service' }
    }
    if (tried.kind === 'failed') continue
    const [row] = await connection.query(`select t::text as table, t::oid::text as oid from (${look} as t) found`)
    const { table, oid } = row!
    if (table != null && oid != null) return { kind: 'found', table, oid }
  }
  return {
    kind: 'lost',
    seen: 'there is no such table',
    mend: 'Run the migrations of your service, or correct its name.',
  }
}

/** A default that draws from a sequence needs a privilege of its own; a service that gives its own ids never asks. */
async function lookAtSequences(
  { query }: PostgresConnection,
  subject: string,
  table: string,
): Promise<readonly Reading[]> {
  const rows = await query(`select distinct s.oid::regclass::text as sequence
    from pg_catalog.pg_attrdef a
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = a.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass
    join pg_catalog.pg_class s on s.oid = d.refobjid
    where a.adrelid = ${table} and
      case when s.relkind = 'S' then not has_sequence_privilege(s.oid, 'usage, update') else false end`)
  return rows.map(({ sequence }) => ({
    subject,
    kind: 'warning',
    seen: `a default draws from ${sequence}, which the role may not use`,
    mend: `grant usage on sequence ${sequence} to the role of the service`,
  }))
}
