import { meantJson } from '../kept-json.ts'
import { naturalKeyText } from '../natural-key-text.ts'
import type { State, Table } from '../rows.ts'
import { SAME_IDS, sameRowsError } from '../same-rows-error.ts'
import { SERVED, tableNames } from '../table-names.ts'
import type { PgClient, PgPool, PgRow } from './pg.ts'
import { keyIndexOf, schemaOf } from './schema.ts'

// "cres", apart from the advisory locks of the store.
const LOCK = 0x63726573

// Bounds what is in memory at once.
const BATCH = 500

const UNDEFINED_TABLE = '42P01'

/**
 * Makes the tables that are missing, and computes the natural keys anew of those that have another one than at the last
 * start; throws where two rows would be the same one, and changes nothing then. Where all is as it should be, it asks
 * one question. Of processes that start at once, one does it and the others wait for it.
 */
export async function bringUpToDate(pool: PgPool, tables: readonly Table[]): Promise<void> {
  const client = await pool.connect()
  try {
    await bringUpToDateBy(client, tables)
    client.release()
  } catch (error) {
    // Closing it rolls back.
    client.release(true)
    throw error
  }
}

async function bringUpToDateBy(client: PgClient, tables: readonly Table[]): Promise<void> {
  const known = await knownTables(client)
  const missing = tables.filter(({ name }) => !known.has(name))
  if (missing.length === 0 && tables.every((table) => known.get(table.name) === membersText(table))) return
  // The lock comes first: whoever waits for it looks only afterwards, and finds all done.
  await client.query(
    `begin; set local client_min_messages = warning; select pg_advisory_xact_lock(${LOCK}, 0); ${schemaOf(missing)}`,
  )
  const now = await servedTables(client)
  for (const table of tables) {
    if (now.get(table.name) !== membersText(table)) await rekey(client, table)
  }
  await client.query('commit')
}

function membersText({ naturalKey }: Table): string {
  return JSON.stringify(naturalKey)
}

/** The tables that are there, with the natural key of each. */
async function knownTables(client: PgClient): Promise<Map<string, string>> {
  try {
    return await servedTables(client)
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return new Map()
    throw error
  }
}

async function servedTables(client: PgClient): Promise<Map<string, string>> {
  const { rows } = await client.query({
    text: `select name, natural_key from ${SERVED} where to_regclass(quote_ident(name)) is not null`,
  })
  // Spelled as this version spells it: kept was what SQL could take.
  return new Map(rows.map((row) => [String(row['name']), JSON.stringify(JSON.parse(String(row['natural_key'])))]))
}

async function rekey(client: PgClient, table: Table): Promise<void> {
  const { table: name, byKey } = tableNames(table)
  // Nobody inserts meanwhile by the old key. The index goes first, so that a new key may be what another row's old one was.
  await client.query(`lock table ${name} in exclusive mode; drop index if exists ${byKey}`)
  await client.query(`update ${name} set natural_key = null where natural_key is not null`)
  if (table.naturalKey.length > 0) {
    await computeKeys(client, table)
    const ids = await sameRows(client, name)
    if (ids.length > 0) throw sameRowsError(table, ids)
    await client.query(keyIndexOf(table))
  }
  await client.query({
    text: `update ${SERVED} set natural_key = $2 where name = $1`,
    values: [table.name, membersText(table)],
  })
}

async function computeKeys(client: PgClient, table: Table): Promise<void> {
  const { table: name } = tableNames(table)
  for (let last: readonly string[] = ['', '', '0']; ; ) {
    const { rows } = await client.query({
      text: `select owner, parents, seq::text as number, state::text from ${name}
        where (owner, parents, seq) > ($1, $2, $3::bigint) order by owner, parents, seq limit ${BATCH}`,
      values: last,
    })
    if (rows.length === 0) return
    const place = (row: PgRow): string[] => [row['owner'], row['parents'], row['number']].map(String)
    const keyed = rows.map((row) => [
      ...place(row),
      naturalKeyText(table.naturalKey, JSON.parse(meantJson(String(row['state']))) as State),
    ])
    await client.query({
      text: `update ${name} as kept set natural_key = given.value ->> 3 from json_array_elements($1::json) as given
        where kept.owner = given.value ->> 0 and kept.parents = given.value ->> 1 and kept.seq = (given.value ->> 2)::bigint`,
      values: [JSON.stringify(keyed)],
    })
    last = place(rows.at(-1)!)
  }
}

async function sameRows(client: PgClient, name: string): Promise<string[]> {
  const { rows } = await client.query({
    text: `select id from ${name} where (owner, parents, natural_key) in (
        select owner, parents, natural_key from ${name} where natural_key is not null
        group by owner, parents, natural_key having count(*) > 1 limit 1
      ) order by seq limit ${SAME_IDS}`,
  })
  return rows.map((row) => String(row['id']))
}
