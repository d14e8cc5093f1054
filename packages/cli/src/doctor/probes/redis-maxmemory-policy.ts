import type { Probe } from '../probe.ts'
import { askRedis } from '../stores/ask-redis.ts'
import { redisInfo } from '../stores/redis-info.ts'

export const redisMaxmemoryPolicy: Probe = {
  id: 'redis-maxmemory-policy',
  needs: '`maxmemory-policy` is `noeviction`',
  how: '`maxmemory_policy` of INFO.',
  why: 'Under every other policy Redis forgets keys when the memory is full, and their retries create again. The store refuses to work there.',
  mend: '`CONFIG SET maxmemory-policy noeviction`, and the same in `redis.conf`; give a cache a Redis of its own.',
  look: (surroundings) =>
    askRedis(surroundings, async (connection) => {
      const policy = (await redisInfo(connection)).get('maxmemory_policy')
      if (policy === undefined) return [{ kind: 'unknown', seen: 'INFO does not say it' }]
      return [{ kind: policy === 'noeviction' ? 'good' : 'bad', seen: policy }]
    }),
}
