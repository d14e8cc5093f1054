import type { Probe, Reading } from '../probe.ts'
import { askRedis } from '../stores/ask-redis.ts'
import type { RedisConnection } from '../stores/open-redis.ts'
import { redisInfo } from '../stores/redis-info.ts'

export const redisPersistence: Probe = {
  id: 'redis-persistence',
  needs:
    "Redis keeps what it acknowledges: `appendonly yes`; for `onCrash: 'block'` also `appendfsync always`, and no replica that takes over",
  how: '`aof_enabled` and `connected_slaves` of INFO, `CONFIG GET appendfsync`.',
  why: "`onCrash: 'block'` is at most once only where a restart, a power cut and a failover forget nothing. With `'rerun'` they cost what the service that you call does with a repeated `attemptKey`.",
  mend: '`CONFIG SET appendonly yes`, `CONFIG SET appendfsync always`, and the same in `redis.conf`.',
  look: (surroundings) =>
    askRedis(surroundings, async (connection, { onCrash }) => {
      const info = await redisInfo(connection)
      if (info.get('aof_enabled') !== '1') {
        const seen = 'appendonly is off: a restart forgets what is newer than the last snapshot'
        // At least once stays at least once: what is forgotten is run again.
        return [{ kind: onCrash === 'block' ? 'bad' : 'warning', seen }]
      }
      if (onCrash === 'rerun') return [{ kind: 'good', seen: 'appendonly yes' }]
      return judgeForBlock(await appendfsync(connection), Number(info.get('connected_slaves') ?? 0))
    }),
}

function judgeForBlock(fsync: string | undefined, replicas: number): readonly Omit<Reading, 'subject'>[] {
  const readings: Omit<Reading, 'subject'>[] = []
  if (fsync === undefined) {
    readings.push({
      kind: 'unknown',
      seen: 'appendonly yes; CONFIG is forbidden, so appendfsync cannot be seen',
      mend: 'Ask whoever runs this Redis when what is written reaches the disk.',
    })
  } else if (fsync === 'always') readings.push({ kind: 'good', seen: 'appendonly yes, appendfsync always' })
  else
    readings.push({
      kind: 'warning',
      seen: `appendonly yes, appendfsync ${fsync}: a power cut forgets what was acknowledged just before it`,
    })
  if (replicas > 0) {
    readings.push({
      kind: 'warning',
      seen: `replicas: ${replicas}; a failover forgets what was not yet replicated`,
      mend: 'Let no failover happen by itself, or use a database with transactions where twice is not to be borne.',
    })
  }
  return readings
}

/** Nothing where CONFIG is forbidden, as on managed servers. */
async function appendfsync({ send }: RedisConnection): Promise<string | undefined> {
  let reply: unknown
  try {
    reply = await send('CONFIG', 'GET', 'appendfsync')
  } catch (error) {
    if (/^(NOPERM|ERR)\b/.test((error as Error).message)) return undefined
    throw error
  }
  // A pair as a list (RESP 2), a map or an object (RESP 3, by client).
  if (Array.isArray(reply)) return reply[1] === undefined ? undefined : String(reply[1])
  const value =
    reply instanceof Map ? reply.get('appendfsync') : (reply as Record<string, unknown> | null)?.['appendfsync']
  return value === undefined ? undefined : String(value)
}
