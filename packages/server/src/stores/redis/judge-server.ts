import type { ServerInfo } from './read-info.ts'

/** What the promises of `onCrash` are worth on this Redis, as it is configured. */
export interface RedisGuarantee {
  /**
   * Whether `onCrash: 'block'` is "at most once" here: only where Redis keeps what it has acknowledged. It is never
   * "exactly once", since no transaction reaches what `create` does elsewhere.
   */
  readonly atMostOnce: boolean | 'unknown'
  /** Why, one sentence for each reason. */
  readonly because: readonly string[]
}

// Scripts with flags, which may finish what was begun although the memory is full, came with Redis 7.
const OLDEST = 7

/**
 * Judges the servers that hold keys. Throws where the store cannot work at all or would forget at any time: an old
 * version, a replica, a policy that evicts.
 */
export function judgeServers(servers: readonly ServerInfo[]): RedisGuarantee {
  const against = new Set<string>()
  const unknown = new Set<string>()
  for (const { fields, appendfsync } of servers) {
    if (fields === undefined) {
      unknown.add('INFO is forbidden, so neither the eviction policy nor persistence nor replicas can be seen.')
      continue
    }
    refuseUnfit(fields)
    if (fields.get('aof_enabled') !== '1') {
      against.add('appendonly is off: a restart of Redis forgets what is newer than its last snapshot.')
    } else if (appendfsync === undefined) {
      unknown.add('CONFIG is forbidden, so it cannot be seen when what is written reaches the disk (appendfsync).')
    } else if (appendfsync !== 'always') {
      against.add(`appendfsync is ${appendfsync}: a power cut loses what was acknowledged just before it.`)
    }
    if (Number(fields.get('connected_slaves') ?? 0) > 0) {
      against.add('There are replicas: a failover loses what was acknowledged and not yet replicated.')
    }
  }
  if (against.size > 0) return { atMostOnce: false, because: [...against, ...unknown] }
  if (unknown.size > 0) return { atMostOnce: 'unknown', because: [...unknown] }
  return {
    atMostOnce: true,
    because: ['Every write reaches the disk before it is acknowledged, nothing is evicted, and no replica takes over.'],
  }
}

function refuseUnfit(fields: ReadonlyMap<string, string>): void {
  const version = fields.get('valkey_version') ?? fields.get('redis_version') ?? 'none'
  if (!(Number.parseInt(version, 10) >= OLDEST)) {
    throw new Error(`redisStore needs Redis ${OLDEST} or later, or Valkey; this server says ${version}.`)
  }
  if (fields.get('role') === 'slave') {
    throw new Error('redisStore needs a server that takes writes; this one is a replica.')
  }
  const policy = fields.get('maxmemory_policy')
  if (policy !== undefined && policy !== 'noeviction') {
    throw new Error(
      `redisStore needs maxmemory-policy noeviction; seen: ${policy}. Under memory pressure Redis would forget keys, and their retries would create again.`,
    )
  }
}
