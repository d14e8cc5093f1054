// The 99th percentile of both sides at half of the load that the bare handler bears at most.
import { join } from 'node:path'
import { interleave, pick, ratios, withSides } from '../compare.mjs'
import { figureOf, numberOf } from '../figures.mjs'
import { inFolder } from '../in-folder.mjs'
import { uniqueKeys } from '../orders.mjs'
import { startPostgres } from '../servers/postgres.mjs'
import { PG_TABLES } from '../sides/postgres-tables.mjs'

/** Runs the benchmark; returns the rows of its table. */
export async function halfLoad(effort) {
  return [await onPostgres(effort), await inFolder((folder) => onSqlite(folder, effort))]
}

async function onPostgres(effort) {
  const server = await startPostgres()
  try {
    const database = await server.createDatabase(PG_TABLES)
    const options = ['pg-bare', 'pg-declared'].map((side) => ({ side, database }))
    return await measure('PostgreSQL, declared', options, { requests: uniqueKeys, connections: 64 }, effort)
  } finally {
    await server.stop()
  }
}

function onSqlite(folder, effort) {
  const options = ['sqlite-bare', 'sqlite-declared'].map((side) => ({ side, file: join(folder, `${side}.db`) }))
  return measure('SQLite FULL, declared', options, { requests: uniqueKeys, connections: 64, spin: true }, effort)
}

function measure(row, options, job, effort) {
  return withSides(options, async (sides, load) => {
    const [bare] = sides
    const [peaks] = await interleave([bare], load, job, { ...effort, rounds: Math.min(effort.rounds, 3) })
    const peak = figureOf(pick(peaks, 'rate')).median
    const [theirs, ours] = await interleave(sides, load, { ...job, rate: peak / 2 }, effort)
    return {
      row,
      figures: {
        'bare peak/s': numberOf(peak, 0),
        'sent/s': figureOf([...pick(theirs, 'rate'), ...pick(ours, 'rate')], 0),
        'their p99, ms': figureOf(pick(theirs, 'p99'), 2),
        'our p99, ms': figureOf(pick(ours, 'p99'), 2),
        'p99 ratio': figureOf(ratios(theirs, ours, 'p99'), 2),
      },
    }
  })
}
