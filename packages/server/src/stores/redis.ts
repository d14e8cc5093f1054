import type { MaybePromise } from '../idempotency/and-then.ts'
import type { Claim, Claimed, LeasedStore, Session, Settlement } from '../idempotency/store.ts'
import { StoreUnavailableError } from '../idempotency/store-errors.ts'
import { watchStore } from '../observe/watch-store.ts'
import { createEraser } from './create-eraser.ts'
import { askUntilKnown } from './redis/ask-until-known.ts'
import { createScriptRunner } from './redis/create-script-runner.ts'
import type { Driver } from './redis/driver.ts'
import { eraseRecords } from './redis/erase-records.ts'
import { executeLeased, LeasedSession } from './redis/execute-leased.ts'
import { getReady } from './redis/get-ready.ts'
import { type IoRedis, type IoRedisCluster, ioredisDriver } from './redis/ioredis-driver.ts'
import type { RedisGuarantee } from './redis/judge-server.ts'
import { type NodeRedis, type NodeRedisCluster, nodeRedisDriver } from './redis/node-redis-driver.ts'
import { releaseKey } from './redis/release-key.ts'
import { completeSettings, type RedisSettings } from './redis/settings.ts'

export type { IoRedis, IoRedisCluster } from './redis/ioredis-driver.ts'
export type { RedisGuarantee } from './redis/judge-server.ts'
export type { NodeRedis, NodeRedisCluster } from './redis/node-redis-driver.ts'
export type { RedisSettings } from './redis/settings.ts'

/** The author's client, standalone or of a cluster; it stays the author's to close. */
export type RedisStoreOptions = RedisSettings &
  (
    | { readonly ioredis: IoRedis | IoRedisCluster; readonly redis?: never }
    | { readonly redis: NodeRedis | NodeRedisCluster; readonly ioredis?: never }
  )

/** A store of records in Redis or Valkey. */
export interface RedisStore extends LeasedStore<undefined> {
  /**
   * Reaches every server that holds keys and looks at its configuration; returns what the promises are worth there, and
   * throws where the store cannot work. The first request does it otherwise, and is answered 503 as long as it fails.
   */
  ready(): Promise<RedisGuarantee>
}

/**
 * Keeps keys in Redis or Valkey, for creations whose effect no transaction reaches, such as a charge at a payment
 * provider. What a crash means is the creation's choice, `onCrash`: at most once, as long as Redis keeps what it has
 * acknowledged, or at least once.
 *
 * @example
 * const store = redisStore({ ioredis: new Redis() })
 * const store = redisStore({ redis: await createClient().connect() })
 */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const driver = driverOf(options)
  const name = `redis (${driver.name})`
  const settings = { ...completeSettings(options), watch: watchStore(options.observe, name) }
  const runScript = createScriptRunner(driver)
  const running = new Set<Promise<unknown>>()
  let readiness: Promise<RedisGuarantee> | undefined
  let closing: Promise<void> | undefined

  function ready(): Promise<RedisGuarantee> {
    readiness ??= askUntilKnown(() => getReady(driver), { ...settings, patienceMs: 0 }).catch((error) => {
      // The next one looks again: what was wrong may have been put right.
      readiness = undefined
      throw error
    })
    return readiness
  }

  async function execute<Result>(
    claim: Claim | undefined,
    work: (session: Session<undefined>) => MaybePromise<Settlement<Result>>,
  ): Promise<Claimed<Result>> {
    if (claim === undefined) return { kind: 'executed', result: (await work(new LeasedSession())).result }
    const { onCrash } = claim
    if (onCrash === undefined) throw new TypeError('A claim on a leased store says what a crash means: onCrash.')
    await ready()
    return executeLeased(runScript, { ...claim, onCrash }, work, settings)
  }

  /** What has begun is finished before the store is closed. */
  function finished<T>(begin: () => Promise<T>): Promise<T> {
    if (closing !== undefined) return Promise.reject(new StoreUnavailableError('The store is closed.'))
    const task = begin()
    const ended: Promise<void> = task.then(forget, forget)
    function forget(): void {
      running.delete(ended)
    }
    running.add(ended)
    return task
  }

  const eraser = createEraser(async function* (erasure) {
    await ready()
    yield* eraseRecords(driver, runScript, settings, erasure)
  })

  return {
    name,
    guarantee: 'leased',
    ready,
    once: (claim, work) => finished(() => execute(claim, work)),
    release: (key) => finished(() => releaseKey(runScript, key, settings)),
    // Redis removes by itself what is past its retention.
    purge: async () => 0,
    erase: (erasure) => finished(() => eraser.erase(erasure)),
    get erasures() {
      return eraser.erasures
    },
    close() {
      closing ??= (async () => {
        while (running.size > 0) await Promise.all(running)
      })()
      return closing
    },
  }
}

function driverOf(options: RedisStoreOptions): Driver {
  if (options.ioredis !== undefined) return ioredisDriver(options.ioredis)
  if (options.redis !== undefined) return nodeRedisDriver(options.redis)
  throw new TypeError('redisStore needs `ioredis` (a client of ioredis) or `redis` (a client of node-redis).')
}
