// Whether the memory of a server stays as it is while it creates, with the stores that keep their rows outside of it.
import { join } from 'node:path'
import { withSides } from '../compare.mjs'
import { numberOf } from '../figures.mjs'
import { inFolder } from '../in-folder.mjs'
import { uniqueKeys } from '../orders.mjs'
import { say } from '../say.mjs'
import { startPostgres } from '../servers/postgres.mjs'
import { startRedis } from '../servers/redis.mjs'
import { PG_TABLES } from '../sides/postgres-tables.mjs'

const LEGS = 10
const MEGABYTE = 1024 * 1024

/** Runs the benchmark; returns the rows of its table. */
export async function memory(effort) {
  return [await onPostgres(effort), await inFolder((folder) => onSqlite(folder, effort)), await onRedis(effort)]
}

async function onPostgres(effort) {
  const server = await startPostgres()
  try {
    const database = await server.createDatabase(PG_TABLES)
    return await measure('PostgreSQL, declared', { side: 'pg-declared', database }, {}, effort)
  } finally {
    await server.stop()
  }
}

function onSqlite(folder, effort) {
  const options = { side: 'sqlite-declared', file: join(folder, 'ours.db') }
  return measure('SQLite, declared', options, { spin: true }, effort)
}

async function onRedis(effort) {
  const server = await startRedis()
  try {
    return await measure('Redis, create without a database', { side: 'redis', redisPort: server.port }, {}, effort)
  } finally {
    await server.stop()
  }
}

function measure(row, options, job, { creations }) {
  return withSides([options], async ([side], load) => {
    const amount = Math.ceil(creations / LEGS)
    const seen = []
    for (let leg = 1; leg <= LEGS; leg++) {
      await load.on(side, { amount, connections: 64, requests: uniqueKeys, ...job })
      seen.push((await side.rss()) / MEGABYTE)
      say(`memory, ${row}: ${leg * amount} creations, ${seen.at(-1).toFixed(1)} MB`)
    }
    // What was given back to the system again is not held against it.
    const [first] = seen
    const most = Math.max(...seen)
    return {
      row,
      figures: {
        creations: numberOf(amount * LEGS, 0),
        'RSS after the first tenth, MB': numberOf(first),
        'RSS at the end, MB': numberOf(seen.at(-1)),
        'RSS at most, MB': numberOf(most),
        'growth, %': numberOf((100 * (most - first)) / first),
      },
    }
  })
}
