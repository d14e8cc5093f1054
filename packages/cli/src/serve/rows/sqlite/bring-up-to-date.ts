import type { SqliteTransaction } from '@createonce/server/sqlite'
import { meantJson } from '../kept-json.ts'
import { naturalKeyText } from '../natural-key-text.ts'
import type { State, Table } from '../rows.ts'
import { SAME_IDS, sameRowsError } from '../same-rows-error.ts'
import { SERVED, tableNames } from '../table-names.ts'

// Bounds what is in memory at once.
const BATCH = 500

/** Computes the natural keys anew of the tables that have another one than at the last start; throws where two rows would be the same one. */
export function bringUpToDate(tx: SqliteTransaction, tables: readonly Table[]): void {
  const known = new Map(
    tx
      .prepare(`select name, natural_key from ${SERVED}`)
      .all()
      .map((row) => [row['name'], row['natural_key']]),
  )
  for (const table of tables) {
    const members = JSON.stringify(table.naturalKey)
    const before = known.get(table.name)
    if (before === members) continue
    if (before !== undefined || table.naturalKey.length > 0) rekey(tx, table)
    tx.prepare(
      `insert into ${SERVED} (name, natural_key) values (?, ?)
      on conflict (name) do update set natural_key = excluded.natural_key`,
    ).run(table.name, members)
  }
}

function rekey(tx: SqliteTransaction, table: Table): void {
  const { table: name, byKey } = tableNames(table)
  // First of all, so that a new key may be what another row's old one was.
  tx.prepare(`drop index if exists ${byKey}`).run()
  if (table.naturalKey.length === 0) {
    tx.prepare(`update ${name} set natural_key = null where natural_key is not null`).run()
    return
  }
  const batch = tx.prepare(`select seq, state from ${name} where seq > ? order by seq limit ${BATCH}`)
  const update = tx.prepare(`update ${name} set natural_key = ? where seq = ?`)
  for (let last = 0; ; ) {
    const rows = batch.all(last)
    for (const { seq, state } of rows) {
      update.run(naturalKeyText(table.naturalKey, JSON.parse(meantJson(String(state))) as State), seq!)
    }
    if (rows.length < BATCH) break
    last = Number(rows.at(-1)!['seq'])
  }
  const same = tx
    .prepare(
      `select id from ${name} where (owner, parents, natural_key) in (
        select owner, parents, natural_key from ${name} where natural_key is not null
        group by owner, parents, natural_key having count(*) > 1 limit 1
      ) order by seq limit ${SAME_IDS}`,
    )
    .all()
  if (same.length > 0) {
    throw sameRowsError(
      table,
      same.map(({ id }) => String(id)),
    )
  }
  // Only the rows that have one: the others cost nothing.
  tx.prepare(
    `create unique index ${byKey} on ${name} (owner, parents, natural_key) where natural_key is not null`,
  ).run()
}
