import type { Table } from '../rows.ts'
import { SERVED, tableNames } from '../table-names.ts'

/** Makes what is missing. What a resource is made of is JSON, so that no change of a document changes a table. */
export function schemaOf(tables: readonly Table[]): string {
  return [
    `create table if not exists ${SERVED} (
      name text primary key, natural_key text not null, last integer not null default 0
    ) strict, without rowid`,
    ...tables.map(tableOf),
  ].join(';\n')
}

function tableOf(table: Table): string {
  const { table: name, byId, bySeq } = tableNames(table)
  return `create table if not exists ${name} (
      seq integer primary key, id text not null, owner text not null, parents text not null,
      natural_key text, created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), state text not null
    ) strict;
    create unique index if not exists ${byId} on ${name} (owner, parents, id);
    create index if not exists ${bySeq} on ${name} (owner, parents, seq)`
}
