import type { Table } from '../rows.ts'
import { SERVED, tableNames } from '../table-names.ts'

/** The statements of one table. */
export interface TableStatements {
  /** The number of the last row, whether it is still there or not. */
  readonly last: string
  readonly insert: string
  readonly find: string
  readonly findTaken: string
  readonly replace: string
  /** Before rows are deleted: the number of the last one is never dealt again. */
  readonly noteLast: string
  readonly remove: string
  readonly removeBelow: string
}

const AT = 'owner = ? and parents = ?'
const COLUMNS = 'seq, id, owner, parents, natural_key, state'

/** Writes the statements of a table, once. */
export function statementsOf(table: Table): TableStatements {
  const { table: name } = tableNames(table)
  const noted = `(select last from ${SERVED} where name = '${table.name}')`
  return {
    // Nobody else writes to the file while this transaction is open, so the next number stays the next one. AUTOINCREMENT
    // would do the same, but looks through the counters of all tables for each row.
    last: `select max(coalesce((select max(seq) from ${name}), 0), ${noted}) as last`,
    insert: `insert into ${name} (${COLUMNS}) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
    find: `select seq, id, state from ${name} where ${AT} and id = ?`,
    findTaken: `select seq, id, state from ${name} where ${AT} and natural_key = ?`,
    replace: `update or ignore ${name} set natural_key = ?, state = ? where ${AT} and id = ?`,
    noteLast: `update ${SERVED} set last = max(last, coalesce((select max(seq) from ${name}), 0)) where name = '${table.name}'`,
    remove: `delete from ${name} where ${AT} and id = ?`,
    removeBelow: `delete from ${name} where owner = ? and (parents = ? or (parents >= ? and parents < ?))`,
  }
}
