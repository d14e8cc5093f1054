import type { Probe } from '../probe.ts'
import { lendRedis } from '../stores/ask-redis.ts'
import { serverName } from '../stores/server-name.ts'

export const redisReachable: Probe = {
  id: 'redis-reachable',
  needs: 'Redis answers to the user of the service',
  how: 'Connects with `prerequisites.redis.url` and sends PING, by the `ioredis` or `redis` of your project.',
  why: 'While Redis is away, every creation is answered 503 `store-unavailable`.',
  mend: 'Look at what the server says, then at host, port, user and password, and at `rediss:` where it speaks TLS.',
  async look(surroundings) {
    const needed = surroundings.profile.prerequisites?.redis
    if (needed === undefined) return []
    const subject = serverName(needed.url)
    return lendRedis(surroundings, (opened) => {
      if (opened.kind === 'open') return [{ subject, kind: 'good', seen: 'answers' }]
      const { kind, seen, mend } = opened
      return [{ subject, kind, seen, ...(mend !== undefined && { mend }) }]
    })
  },
}
