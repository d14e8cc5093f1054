import type { Table } from '../rows.ts'
import { tableNames } from '../table-names.ts'
import type { PgQuery } from './pg.ts'

/** The statements of one table. */
export interface TableStatements {
  readonly insert: PgQuery
  readonly read: PgQuery
  readonly findToChange: PgQuery
  readonly findToRefer: PgQuery
  readonly findTaken: PgQuery
  readonly replaceSameKey: PgQuery
  readonly claimKey: PgQuery
  readonly unclaimKey: PgQuery
  readonly replace: PgQuery
  readonly remove: PgQuery
}

// The escape of kept texts and then no digit: no id is ever kept so.
const NOBODY = '\uFDD0#'

const AT = 'owner = $1 and parents = $2'

/** Writes the statements of a table, once. Each connection prepares them once, under names of at most 62 bytes. */
export function statementsOf(table: Table): TableStatements {
  const { table: name, counter } = tableNames(table)
  const prepared = (letter: string, text: string): PgQuery => ({ name: `${letter}:${table.name}`, text })
  const select = `select seq, id, state::text from ${name} where ${AT}`
  return {
    insert: prepared(
      'i',
      `insert into ${name} (seq, id, owner, parents, natural_key, state)
        select next, coalesce($3, next::text), $1, $2, $4, $5::json
        from (select nextval('${counter}') as next) as counter on conflict do nothing returning seq`,
    ),
    read: prepared('r', `${select} and id = $3`),
    // Whoever only refers to it may go on meanwhile.
    findToChange: prepared('c', `${select} and id = $3 for no key update`),
    findToRefer: prepared('f', `${select} and id = $3 for key share`),
    findTaken: prepared('t', `${select} and (id = $3 or natural_key = $4) order by (id = $3) desc limit 1`),
    replaceSameKey: prepared(
      's',
      `update ${name} set state = $5::json where ${AT} and id = $3 and natural_key is not distinct from $4 returning seq`,
    ),
    claimKey: prepared(
      'k',
      `insert into ${name} (seq, id, owner, parents, natural_key, state)
        values (-$3::bigint, '${NOBODY}' || $3, $1, $2, $4, 'null') on conflict do nothing`,
    ),
    unclaimKey: prepared('u', `delete from ${name} where ${AT} and seq = -$3::bigint`),
    replace: prepared('p', `update ${name} set state = $5::json, natural_key = $4 where ${AT} and id = $3`),
    remove: prepared('d', `delete from ${name} where ${AT} and id = $3`),
  }
}
