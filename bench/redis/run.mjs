// The Redis store around a handler without a database, beside the same handler without protection.
import { besides, interleave, withSides } from '../compare.mjs'
import { uniqueKeys } from '../orders.mjs'
import { startRedis } from '../servers/redis.mjs'

/** Runs the benchmark; returns the row of its table. */
export async function redis(effort) {
  const server = await startRedis()
  try {
    return await withSides(
      [{ side: 'no-database' }, { side: 'redis', redisPort: server.port }],
      async (sides, load) => [
        besides(
          'the Redis store around a handler without a database, 64 connections',
          await interleave(sides, load, { requests: uniqueKeys, connections: 64 }, effort),
        ),
      ],
    )
  } finally {
    await server.stop()
  }
}
