import type { FullKeyRecord, KeyRecord, KeyRecords, KeyState } from '../../idempotency/key-records.ts'
import { namesOf } from '../../idempotency/names-of.ts'
import { scopeOf } from '../../idempotency/scope.ts'
import type { RecordedAnswer } from '../../idempotency/store.ts'
import { type RedisStoreOptions, redisStore } from '../redis.ts'
import { askUntilKnown } from './ask-until-known.ts'
import { claimKey } from './claim-key.ts'
import { ioredisDriver } from './ioredis-driver.ts'
import { nodeRedisDriver } from './node-redis-driver.ts'
import { completeSettings } from './settings.ts'

const FIELDS = ['state', 'scope', 'key', 'fingerprint', 'lease', 'crash', 'expires']

// Names that SCAN looks through in one question: about a millisecond of Redis.
const PAGE = '500'

/**
 * An operator's way to the records in Redis. The names are looked through on every server, some at a time, which stops
 * nobody; what is past its retention Redis removes by itself.
 */
export function redisKeyRecords(options: RedisStoreOptions): KeyRecords {
  const driver = options.ioredis === undefined ? nodeRedisDriver(options.redis) : ioredisDriver(options.ioredis)
  const settings = completeSettings(options)
  const { prefix, answerMs } = settings
  const store = redisStore(options)
  const pattern = `*${prefix.replace(/[*?[\]\\^]/g, '\\$&')}{*}`
  const ask = <T>(question: () => Promise<T>): Promise<T> =>
    askUntilKnown(question, { ...settings, patienceMs: answerMs })
  // The clock of Redis decides about leases.
  const now = async (send: (command: readonly string[]) => Promise<unknown>): Promise<number> => {
    if (settings.redisNow !== undefined) return settings.redisNow()
    const [seconds, microseconds] = (await ask(() => send(['TIME']))) as unknown[]
    return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000)
  }

  async function look(name: string, at: number, isFull: boolean): Promise<FullKeyRecord | undefined> {
    const fields = isFull ? [...FIELDS, 'answer'] : FIELDS
    const values = (await ask(() => driver.send(name, ['HMGET', name, ...fields]))) as unknown[]
    const [state, scope, key, fingerprint, lease, crash, expires, answer] = values.map((value) =>
      value === null || value === undefined ? undefined : String(value),
    )
    if (state === undefined || scope === undefined || key === undefined) return undefined
    const expiresAt = Number(expires)
    const recorded = answer === undefined ? undefined : (JSON.parse(answer) as RecordedAnswer)
    const ended = Number(lease)
    return {
      ...namesOf(scope),
      key,
      state: stateOf({ isDone: state === 'done', isExpired: expiresAt <= at, isLeased: ended > at, crash }),
      fingerprint: fingerprint ?? '',
      // An owner that gave up by itself has left 0, which is no time.
      ...(state !== 'done' && ended > 0 && ended <= at && { since: ended }),
      expiresAt,
      ...(recorded !== undefined && { status: recorded.status, answer: recorded }),
    }
  }

  return {
    name: `redis (${driver.name})`,
    async *pages() {
      for (const send of await ask(() => driver.primaries())) {
        let cursor = '0'
        do {
          const scan = ['SCAN', cursor, 'MATCH', pattern, 'COUNT', PAGE, 'TYPE', 'hash']
          const [next, seen] = (await ask(() => send(scan))) as [unknown, unknown[]]
          // A client may put a prefix of its own in front of names, which SCAN shows and does not take.
          const names = seen.map((name) => String(name).slice(String(name).lastIndexOf(`${prefix}{`)))
          const at = await now(send)
          const records = await Promise.all(names.map((name) => look(name, at, false)))
          yield records.filter((record): record is KeyRecord => record !== undefined)
          cursor = String(next)
        } while (cursor !== '0')
      }
    },
    async find({ principal, operation, key }) {
      const name = claimKey(prefix, { scope: scopeOf(principal, operation), key })
      return look(name, await now((command) => driver.send(name, command)), true)
    },
    release: (key) => store.release(key),
    purge: (limit) => store.purge(limit),
    erase: (erasure) => store.erase(erasure),
    close: () => store.close(),
  }
}

function stateOf(seen: {
  readonly isDone: boolean
  readonly isExpired: boolean
  readonly isLeased: boolean
  readonly crash: string | undefined
}): KeyState {
  if (seen.isExpired) return 'expired'
  if (seen.isDone) return 'completed'
  if (seen.isLeased) return 'in-flight'
  return seen.crash === 'rerun' ? 'abandoned' : 'blocked'
}
