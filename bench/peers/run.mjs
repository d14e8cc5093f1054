// Createonce on PostgreSQL beside other libraries on Redis, each around the same prepared INSERT into PostgreSQL.
import { interleave, pick, withSides } from '../compare.mjs'
import { figureOf } from '../figures.mjs'
import { uniqueKeys } from '../orders.mjs'
import { startPostgres } from '../servers/postgres.mjs'
import { startRedis } from '../servers/redis.mjs'
import { PG_TABLES } from '../sides/postgres-tables.mjs'
import { proveReplay } from './prove-replay.mjs'

const rows = {
  '@node-idempotency/core': 'node-idempotency',
  '@aws-lambda-powertools/idempotency': 'powertools',
  'express-idempotency': 'express-idempotency',
  'Createonce, declared': 'pg-declared',
}

/** Runs the benchmark; returns the rows of its table. */
export async function peers(effort) {
  const redis = await startRedis()
  const postgres = await startPostgres()
  try {
    const database = await postgres.createDatabase(PG_TABLES)
    const options = Object.values(rows).map((side) => ({ side, database, redisPort: redis.port }))
    return await withSides(options, async (sides, load) => {
      for (const side of sides) await proveReplay(side)
      return table(await interleave(sides, load, { requests: uniqueKeys, connections: 64 }, effort))
    })
  } finally {
    await postgres.stop()
    await redis.stop()
  }
}

function table(results) {
  const theirs = results.slice(0, -1)
  const ours = results.at(-1)
  // The best of them in each round, not the one that was best on the whole.
  const best = ours.map((_, round) => Math.max(...theirs.map((rounds) => rounds[round].rate)))
  return Object.keys(rows).map((row, index) => ({
    row,
    figures: {
      'creations/s': figureOf(pick(results[index], 'rate'), 0),
      'p99, ms': figureOf(pick(results[index], 'p99')),
      ...(results[index] === ours && {
        'ratio to the best': figureOf(
          ours.map(({ rate }, round) => rate / best[round]),
          2,
        ),
      }),
    },
  }))
}
