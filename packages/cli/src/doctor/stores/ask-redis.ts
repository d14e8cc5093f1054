import type { RedisNeeded } from '../../config/config.ts'
import type { Reading, Surroundings } from '../probe.ts'
import { createLender, notLooked } from './create-lender.ts'
import { storeDefaults } from './defaults.ts'
import { explainError } from './explain-error.ts'
import { openRedis, type RedisConnection } from './open-redis.ts'
import { serverName } from './server-name.ts'

/** Lends the run's one connection to Redis. */
export const lendRedis = createLender(openRedis)

/** Looks by the run's connection, where the profile needs Redis. */
export async function askRedis(
  surroundings: Surroundings,
  look: (connection: RedisConnection, needed: Required<RedisNeeded>) => Promise<readonly Omit<Reading, 'subject'>[]>,
): Promise<readonly Reading[]> {
  const given = surroundings.profile.prerequisites?.redis
  if (given === undefined) return []
  const subject = serverName(given.url)
  return lendRedis(surroundings, async (opened) => {
    if (opened.kind !== 'open') return notLooked(subject, 'Redis')
    try {
      const readings = await look(opened.connection, { ...storeDefaults.redis, ...given })
      return readings.map((reading) => ({ subject, ...reading }))
    } catch (error) {
      // NOPERM by an access list; ERR where a managed server has taken the command out.
      const seen = explainError(error, given.url)
      return [{ subject, kind: 'unknown', seen }]
    }
  })
}
