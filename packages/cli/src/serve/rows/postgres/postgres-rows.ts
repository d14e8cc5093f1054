import type { PostgresStore } from '@createonce/server/postgres'
import { inTransaction } from '../in-transaction.ts'
import { keptJson } from '../kept-json.ts'
import { keptText } from '../kept-text.ts'
import { naturalKeyText } from '../natural-key-text.ts'
import { belowOf, ownerText, parentsText } from '../place-texts.ts'
import { refuseLongId } from '../refuse-long-id.ts'
import type { Insertion, Place, Replacement, Row, Rows, State, Table, Use } from '../rows.ts'
import { tableNames } from '../table-names.ts'
import { ask } from './ask.ts'
import { listRows } from './list-rows.ts'
import type { PgPool, PgQuery, PgQueryable, PgRow, PgValue } from './pg.ts'
import { statementsOf, type TableStatements } from './statements.ts'
import { toRow } from './to-row.ts'

/** What is opened. */
export interface PostgresRowsOptions {
  readonly store: PostgresStore<PgQueryable>
  readonly pool: PgPool
  readonly where: string
  close(): Promise<void>
}

/** Resources in the database of a store, for any number of processes. */
export function postgresRows({ store, pool, where, close }: PostgresRowsOptions): Rows<PgQueryable> {
  const statements = new Map<string, TableStatements>()

  function of(table: Table): TableStatements {
    let found = statements.get(table.name)
    if (found === undefined) {
      found = statementsOf(table)
      statements.set(table.name, found)
    }
    return found
  }

  async function insert(
    tx: PgQueryable,
    table: Table,
    place: Place,
    { id, state }: { readonly id?: string; readonly state: State },
  ): Promise<Insertion> {
    const { insert: insertion, findTaken } = of(table)
    const at = placed(place)
    const kept = id === undefined ? null : keptText(id)
    refuseLongId(...at, kept ?? '')
    const key = naturalKeyText(table.naturalKey, state)
    for (;;) {
      // Waits for a transaction that has taken the id or the key and not ended. An error would end this transaction.
      const [made] = await run(tx, insertion, [...at, kept, key, keptJson(JSON.stringify(state))])
      if (made !== undefined) {
        return { kind: 'inserted', row: { id: id ?? String(made['seq']), seq: Number(made['seq']), state } }
      }
      // Who was first is seen only by a new statement: the snapshot of the last one is older than its commit.
      const [first] = kept === null && key === null ? [] : await run(tx, findTaken, [...at, kept, key])
      if (first !== undefined) {
        const row = toRow(first)
        return { kind: 'taken', by: row.id === id ? 'id' : 'natural-key', row }
      }
      // It was deleted meanwhile; or the number is an id that a client gave before the database began to deal them.
    }
  }

  async function find(
    tx: PgQueryable,
    table: Table,
    place: Place,
    id: string,
    use: Use = 'change',
  ): Promise<Row | undefined> {
    const { findToChange, findToRefer } = of(table)
    const [row] = await run(tx, use === 'change' ? findToChange : findToRefer, [...placed(place), keptText(id)])
    return row && toRow(row)
  }

  async function replace(tx: PgQueryable, table: Table, place: Place, id: string, state: State): Promise<Replacement> {
    const { replaceSameKey, findTaken, claimKey, unclaimKey, replace: replacement } = of(table)
    const at = placed(place)
    const key = naturalKeyText(table.naturalKey, state)
    const values = [...at, keptText(id), key, keptJson(JSON.stringify(state))]
    const [same] = await run(tx, replaceSameKey, values)
    if (same !== undefined) return { kind: 'replaced', row: { id, seq: Number(same['seq']), state } }
    const row = await find(tx, table, place, id)
    if (row === undefined) return { kind: 'missing' }
    if (key !== null) {
      // An UPDATE knows no ON CONFLICT. So the key is taken by a row that nobody else ever sees: from then on whoever
      // wants it waits for this transaction, and the update cannot break the unique rule.
      const seq = String(row.seq)
      while ((await tx.query({ ...claimKey, values: [...at, seq, key] })).rowCount === 0) {
        const [first] = await run(tx, findTaken, [...at, null, key])
        if (first !== undefined) return { kind: 'taken', row: toRow(first) }
      }
      await run(tx, unclaimKey, [...at, seq])
    }
    await run(tx, replacement, values)
    return { kind: 'replaced', row: { ...row, state } }
  }

  async function remove(tx: PgQueryable, table: Table, place: Place, id: string): Promise<boolean> {
    // First of all, so that whoever creates below it has either committed, and is seen, or waits and finds no parent.
    const { rowCount } = await tx.query({ ...of(table).remove, values: [...placed(place), keptText(id)] })
    if (rowCount === 0) return false
    if (table.below.length > 0) {
      const { exact, from, to } = belowOf(place, id)
      await tx.query({ text: removalBelow(table.below), values: [ownerText(place), exact, from, to] })
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
    async read(table, place, id) {
      const [row] = await ask(pool, { ...of(table).read, values: [...placed(place), keptText(id)] })
      return row && toRow(row)
    },
    list: (table, place, query) => listRows(pool, table, place, query),
    async check() {
      await ask(pool, { text: 'select 1' })
    },
    close,
  }
}

function placed(place: Place): [string, string] {
  return [ownerText(place), parentsText(place)]
}

async function run(tx: PgQueryable, query: PgQuery, values: readonly PgValue[]): Promise<readonly PgRow[]> {
  return (await tx.query({ ...query, values })).rows
}

/** One statement for all tables below. */
function removalBelow(tables: readonly string[]): string {
  const deletions = tables.map((name, index) => {
    const { table } = tableNames({ name })
    return `d${index} as (delete from ${table} where owner = $1 and (parents = $2 or (parents >= $3 and parents < $4)))`
  })
  return `with ${deletions.join(', ')} select 1`
}
