import { Redis } from 'ioredis'
import pg from 'pg'
import postgres from 'postgres'
import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UnknownOutcomeError } from '../../src/index.ts'
import { postgresKeyRecords, redisKeyRecords, sqliteKeyRecords } from '../../src/operator.ts'
import { postgresStore } from '../../src/stores/postgres.ts'
import { redisStore } from '../../src/stores/redis.ts'
import { sqliteStore } from '../../src/stores/sqlite.ts'
import { describeKeyRecords } from '../../src/testing/key-records-conformance.ts'
import { startCluster } from './open-redis.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'
import { temporaryFile } from './temporary-file.ts'

const runner = { afterEach, beforeEach, describe, it }
const timeOf = (now: () => number) => ({ now, after: () => () => {} })

describeKeyRecords(
  {
    name: 'sqlite',
    async open(now) {
      const { file, remove } = await temporaryFile()
      const store = await sqliteStore({ file, time: timeOf(now) })
      const records = await sqliteKeyRecords({ file, time: timeOf(now) })
      return {
        store,
        records,
        async dispose() {
          await records.close()
          await store.close()
          await remove()
        },
      }
    },
  },
  runner,
)

describe('over PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  let schemas = 0
  for (const library of ['pg', 'postgres.js'] as const) {
    describeKeyRecords(
      {
        name: library,
        async open(now) {
          const url = `postgres://postgres:secret@127.0.0.1:${server.port}/postgres`
          const pool = new pg.Pool({ connectionString: url, max: 4 })
          const sql = postgres(url, { max: 4, onnotice: () => {} })
          schemas += 1
          const settings = { schema: `keys_${schemas}`, time: timeOf(now) }
          const store = library === 'pg' ? postgresStore({ pool, ...settings }) : postgresStore({ sql, ...settings })
          await store.ready()
          const records =
            library === 'pg' ? postgresKeyRecords({ pool, ...settings }) : postgresKeyRecords({ sql, ...settings })
          return {
            store,
            records,
            async dispose() {
              await records.close()
              await store.close()
              await pool.end()
              await sql.end()
            },
          }
        },
      },
      runner,
    )
  }
})

describe.skipIf(!hasRedis())('over Redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  let prefixes = 0
  for (const library of ['ioredis', 'redis'] as const) {
    describeKeyRecords(
      {
        name: library,
        async open(redisNow) {
          const ioredis = new Redis({ host: '127.0.0.1', port: server.port })
          const redis = await createClient({ url: `redis://127.0.0.1:${server.port}` }).connect()
          prefixes += 1
          const settings = { prefix: `[keys*${prefixes}]:`, redisNow }
          const options = library === 'ioredis' ? { ioredis, ...settings } : { redis, ...settings }
          const [store, records] = [redisStore(options), redisKeyRecords(options)]
          return {
            store,
            records,
            async dispose() {
              await records.close()
              await store.close()
              ioredis.disconnect()
              redis.destroy()
            },
          }
        },
      },
      runner,
    )
  }

  it('tells an owner that is at work from one that is gone, by the lease; and what its death means', async () => {
    const ioredis = new Redis({ host: '127.0.0.1', port: server.port })
    let now = Date.now()
    const options = { ioredis, prefix: 'states:', redisNow: () => now, leaseMs: 10_000 }
    const [store, records] = [redisStore(options), redisKeyRecords(options)]
    for (const onCrash of ['block', 'rerun'] as const) {
      const name = { principal: 'shop', operation: 'charge', key: onCrash }
      const claim = { scope: '"shop" charge', key: onCrash, fingerprint: 'f1', retentionMs: 60_000, onCrash }
      const begun = now
      await store
        .once(claim, async () => {
          expect(await records.find(name)).toMatchObject({ state: 'in-flight' })
          expect(await records.release(name)).toEqual({ kind: 'running', leaseMs: 10_000 })
          now = begun + 10_000
          // The process has said nothing for as long as its lease.
          const gone = await records.find(name)
          expect(gone).toMatchObject({ state: onCrash === 'block' ? 'blocked' : 'abandoned', since: begun + 10_000 })
          throw new UnknownOutcomeError('The provider did not answer.')
        })
        .catch((error) => expect(error).toBeInstanceOf(UnknownOutcomeError))
      // Who gives up by itself leaves no time at which the lease ended.
      expect(await records.find(name)).not.toHaveProperty('since')
      expect(await records.release(name)).toEqual({ kind: 'released' })
      expect(await records.find(name)).toBeUndefined()
    }
    ioredis.disconnect()
  })
})

describe.skipIf(!hasRedis())('over a cluster of Redis', () => {
  it('the records of every server are listed', async () => {
    const cluster = await startCluster()
    const client = await cluster.clients.ioredis()
    try {
      const store = client.open()
      const keys = Array.from({ length: 60 }, (_, index) => `key ${index}`)
      const answer = { status: 201, headers: {} }
      for (const key of keys) {
        const claim = { scope: '"ada" charge', key, fingerprint: 'f', retentionMs: 60_000, onCrash: 'block' as const }
        await store.once(claim, async () => ({ kind: 'commit', result: undefined, answer }))
      }
      const seen = new Set<string>()
      for await (const page of client.records().pages()) for (const { key } of page) seen.add(key)
      expect([...seen].sort()).toEqual(keys.sort())
    } finally {
      await client.close()
      await cluster.stop()
    }
  })
})
