// Whether a table with many records is slower than an empty one, and what purging costs those who create meanwhile.
import { join } from 'node:path'
import { besides, interleave, withSides } from '../compare.mjs'
import { inFolder } from '../in-folder.mjs'
import { uniqueKeys } from '../orders.mjs'
import { startPostgres } from '../servers/postgres.mjs'
import { PG_TABLES } from '../sides/postgres-tables.mjs'
import { fillPostgres } from './fill-postgres.mjs'
import { fillSqlite } from './fill-sqlite.mjs'
import { whilePurging } from './while-purging.mjs'

/** Runs the benchmark; returns the rows of its table. */
export async function large(effort) {
  return [...(await onPostgres(effort)), ...(await inFolder((folder) => onSqlite(folder, effort)))]
}

async function onPostgres(effort) {
  const server = await startPostgres()
  try {
    const empty = { side: 'pg-declared', database: await server.createDatabase(PG_TABLES) }
    const full = { side: 'pg-declared', database: await server.createDatabase(PG_TABLES) }
    const fill = () => fillPostgres(full.database, effort.records)
    return await measure('PostgreSQL', { empty, full, fill }, {}, effort)
  } finally {
    await server.stop()
  }
}

function onSqlite(folder, effort) {
  const [empty, full] = ['empty.db', 'full.db'].map((name) => ({ side: 'sqlite-declared', file: join(folder, name) }))
  return measure('SQLite', { empty, full, fill: () => fillSqlite(full.file, effort.records) }, { spin: true }, effort)
}

function measure(name, { empty, full, fill }, settings, effort) {
  const job = { requests: uniqueKeys, connections: 64, ...settings }
  return withSides([empty, full], async (sides, load) => {
    // The store makes its table at the first request, and the record of that one is the pattern of the others.
    for (const side of sides) await load.on(side, { ...job, connections: 1, amount: 1 })
    await fill()
    const results = await interleave(sides, load, job, effort)
    const beside = { ...besides(`${name}, beside an empty table`, results), facts: { records: effort.records } }
    return [beside, await whilePurging(`${name}, while purging`, sides[1], load, job, effort)]
  })
}
