import type { SqliteStore, SqliteTransaction } from '@createonce/server/sqlite'
import { inTransaction } from '../in-transaction.ts'
import { keptJson } from '../kept-json.ts'
import { keptText } from '../kept-text.ts'
import { naturalKeyText } from '../natural-key-text.ts'
import { belowOf, ownerText, parentsText } from '../place-texts.ts'
import { refuseLongId } from '../refuse-long-id.ts'
import type { Insertion, Place, Replacement, Row, Rows, State, Table } from '../rows.ts'
import { listRows } from './list-rows.ts'
import { statementsOf, type TableStatements } from './statements.ts'
import { toRow } from './to-row.ts'

/** Resources in the file of a store. Everything but `write` is answered at once, so that creations share a commit. */
export function sqliteRows(store: SqliteStore, where: string, close: () => Promise<void>): Rows<SqliteTransaction> {
  const statements = new Map<string, TableStatements>()

  function of(table: Table): TableStatements {
    let found = statements.get(table.name)
    if (found === undefined) {
      found = statementsOf(table)
      statements.set(table.name, found)
    }
    return found
  }

  function find(from: SqliteStore['read'], table: Table, place: Place, id: string): Row | undefined {
    const row = from.prepare(of(table).find).get(ownerText(place), parentsText(place), keptText(id))
    return row && toRow(row)
  }

  function findByKey(tx: SqliteTransaction, table: Table, place: Place, key: string | null): Row | undefined {
    if (key === null) return undefined
    const row = tx.prepare(of(table).findTaken).get(ownerText(place), parentsText(place), key)
    return row && toRow(row)
  }

  function insert(
    tx: SqliteTransaction,
    table: Table,
    place: Place,
    { id, state }: { readonly id?: string; readonly state: State },
  ): Insertion {
    const key = naturalKeyText(table.naturalKey, state)
    const [owner, parents, json] = [ownerText(place), parentsText(place), keptJson(JSON.stringify(state))]
    const { last, insert: insertion } = of(table)
    refuseLongId(owner, parents, id === undefined ? '' : keptText(id))
    const before = id === undefined ? Number(tx.prepare(last).get()!['last']) : 0
    // A table may have got its ids from clients before the database began to deal them.
    for (let ahead = 1; ; ahead++) {
      const dealt = id === undefined ? before + ahead : null
      const { changes, lastInsertRowid } = tx
        .prepare(insertion)
        .run(dealt, id === undefined ? String(dealt) : keptText(id), owner, parents, key, json)
      if (Number(changes) === 1) {
        const seq = Number(lastInsertRowid)
        return { kind: 'inserted', row: { id: id ?? String(seq), seq, state } }
      }
      const sameId = id === undefined ? undefined : find(tx, table, place, id)
      if (sameId !== undefined) return { kind: 'taken', by: 'id', row: sameId }
      const sameKey = findByKey(tx, table, place, key)
      if (sameKey !== undefined) return { kind: 'taken', by: 'natural-key', row: sameKey }
    }
  }

  function replace(tx: SqliteTransaction, table: Table, place: Place, id: string, state: State): Replacement {
    const key = naturalKeyText(table.naturalKey, state)
    const { changes } = tx
      .prepare(of(table).replace)
      .run(key, keptJson(JSON.stringify(state)), ownerText(place), parentsText(place), keptText(id))
    const row = find(tx, table, place, id)
    if (row === undefined) return { kind: 'missing' }
    if (Number(changes) === 1) return { kind: 'replaced', row: { ...row, state } }
    return { kind: 'taken', row: findByKey(tx, table, place, key)! }
  }

  function remove(tx: SqliteTransaction, table: Table, place: Place, id: string): boolean {
    const { noteLast, remove: removal } = of(table)
    tx.prepare(noteLast).run()
    const { changes } = tx.prepare(removal).run(ownerText(place), parentsText(place), keptText(id))
    if (Number(changes) === 0) return false
    const { exact, from, to } = belowOf(place, id)
    for (const name of table.below) {
      const below = of({ name, ids: 'given', naturalKey: [], below: [] })
      tx.prepare(below.noteLast).run()
      tx.prepare(below.removeBelow).run(ownerText(place), exact, from, to)
    }
    return true
  }

  return {
    store,
    where,
    insert,
    find,
    replace,
    remove,
    write: (work) => inTransaction(store, work),
    read: (table, place, id) => find(store.read, table, place, id),
    list: (table, place, query) => listRows(store.read, table, place, query),
    async check() {
      store.read.prepare('select 1').get()
    },
    close,
  }
}
