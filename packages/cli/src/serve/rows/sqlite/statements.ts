import type { Table } from '../rows.ts'
import { tableNames } from '../table-names.ts'

/** The statements of one table. */
export interface TableStatements {
  readonly insertGiven: string
  readonly insertDealt: string
  readonly find: string
  readonly findTaken: string
  readonly replace: string
  readonly remove: string
  readonly removeBelow: string
}

const AT = 'owner = ? and parents = ?'
const COLUMNS = 'seq, id, owner, parents, natural_key, state'

/** Writes the statements of a table, once. */
export function statementsOf(table: Table): TableStatements {
  const { table: name } = tableNames(table)
  return {
    insertGiven: `insert into ${name} (id, owner, parents, natural_key, state) values (?, ?, ?, ?, ?) on conflict do nothing`,
    // Nobody else writes to the file while this transaction is open, so the next number stays the next one.
    insertDealt: `insert into ${name} (${COLUMNS})
      select next, cast(next as text), ?, ?, ?, ? from (
        select ? + coalesce((select seq from sqlite_sequence where name = '${table.name}'), 0) as next
      ) where true on conflict do nothing`,
    find: `select seq, id, state from ${name} where ${AT} and id = ?`,
    findTaken: `select seq, id, state from ${name} where ${AT} and natural_key = ?`,
    replace: `update or ignore ${name} set natural_key = ?, state = ? where ${AT} and id = ?`,
    remove: `delete from ${name} where ${AT} and id = ?`,
    removeBelow: `delete from ${name} where owner = ? and (parents = ? or (parents >= ? and parents < ?))`,
  }
}
