import type { Probe, Reading } from '../probe.ts'
import { askRedis } from '../stores/ask-redis.ts'
import { oldestVersions } from '../stores/defaults.ts'
import { redisInfo } from '../stores/redis-info.ts'

export const redisVersion: Probe = {
  id: 'redis-version',
  needs: `Redis ${oldestVersions.redis} or later, or Valkey`,
  how: '`valkey_version`, else `redis_version`, of INFO.',
  why: 'The scripts of the store may finish what was begun although the memory is full; that came with this version. The store refuses an older one.',
  mend: 'Upgrade the server.',
  look: (surroundings) =>
    askRedis(surroundings, async (connection) => {
      const info = await redisInfo(connection)
      return [judgeRedisVersion(info.get('valkey_version') ?? info.get('redis_version'))]
    }),
}

/** By the number before the first dot. */
export function judgeRedisVersion(version: string | undefined): Omit<Reading, 'subject'> {
  if (version === undefined) return { kind: 'unknown', seen: 'INFO names no version' }
  return { kind: Number.parseInt(version, 10) >= oldestVersions.redis ? 'good' : 'bad', seen: version }
}
