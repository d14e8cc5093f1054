import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Claim, Claimed, CrashPolicy } from '../../src/index.ts'
import type { RedisStore } from '../../src/stores/redis.ts'
import { type Client, clientsOf } from './open-redis.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'
import { type StoreProcess, startScript } from './start-process.ts'

const SCRIPT = new URL('redis-process.mjs', import.meta.url)

// Short, since the tests wait for its end; renewed three times as often, which a busy machine must keep up with.
const LEASE_MS = 1_200

describe.skipIf(!hasRedis())('processes on one Redis', () => {
  let server: RedisServer
  let client: Client
  let store: RedisStore
  let prefix: string
  let tests = 0
  let started: StoreProcess[]

  beforeAll(async () => {
    server = await startRedis()
    client = await clientsOf(server.port).redis()
  })
  afterAll(async () => {
    await client.close()
    await server.stop()
  })
  beforeEach(() => {
    prefix = `test-${++tests}:`
    store = client.open({ prefix, leaseMs: LEASE_MS })
    started = []
  })
  afterEach(async () => {
    await Promise.all(started.map((process) => process.kill()))
    await store.close()
  })

  function start(mode: 'create' | 'hold', onCrash: CrashPolicy, list: string): StoreProcess {
    const process = startScript(SCRIPT, mode, String(server.port), prefix, String(LEASE_MS), onCrash, list)
    started.push(process)
    return process
  }
  const claimOf = (onCrash: CrashPolicy): Claim => ({
    scope: '"ann" createThing',
    key: 'k1',
    fingerprint: '1:f',
    retentionMs: 3_600_000,
    onCrash,
  })
  const answer = { status: 201, headers: { Location: '/successor' } }
  let runs = 0
  const create = (onCrash: CrashPolicy): Promise<Claimed<string>> =>
    store.once(claimOf(onCrash), async () => {
      runs += 1
      return { kind: 'commit', result: 'successor', answer }
    })

  /** Asks again and again, as clients do, until the key is not in flight any more. */
  async function untilDecided(onCrash: CrashPolicy): Promise<Claimed<string>> {
    for (;;) {
      const claimed = await create(onCrash)
      if (claimed.kind !== 'in-flight') return claimed
    }
  }

  it('execute one key once, of fifty callers in four of them', async () => {
    const processes = Array.from({ length: 4 }, () => start('create', 'block', Array(13).fill('k1').join(',')))
    for (const { heard } of processes) expect(await heard()).toBe('ready')
    for (const { go } of processes) go()
    const kinds = (await Promise.all(processes.map(({ heard }) => heard()))).flat()
    expect(kinds).toHaveLength(52)
    expect(kinds.filter((kind) => kind === 'executed')).toHaveLength(1)
    expect(kinds.filter((kind) => !['executed', 'recorded', 'in-flight'].includes(kind as string))).toEqual([])
  })

  it('that are killed inside their work leave the key blocked under `block`, until an operator lets it go', async () => {
    runs = 0
    const owner = start('hold', 'block', 'k1')
    expect(await owner.heard()).toBe('inside')
    await owner.kill()
    expect(await untilDecided('block')).toEqual({ kind: 'blocked', fingerprint: '1:f' })
    expect(runs).toBe(0)
    const name = { principal: 'ann', operation: 'createThing', key: 'k1' }
    expect(await store.release(name)).toEqual({ kind: 'released' })
    expect((await create('block')).kind).toBe('executed')
  })

  it('that are killed inside their work are taken over under `rerun`, once', async () => {
    runs = 0
    const owner = start('hold', 'rerun', 'k1')
    expect(await owner.heard()).toBe('inside')
    await owner.kill()
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => untilDecided('rerun')))
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['executed', ...Array(9).fill('recorded')])
    expect(runs).toBe(1)
  })

  it('that are frozen beyond their lease find the record of their successor when they go on', async () => {
    const owner = start('hold', 'rerun', 'k1')
    expect(await owner.heard()).toBe('inside')
    owner.freeze()
    expect((await untilDecided('rerun')).kind).toBe('executed')
    owner.thaw()
    owner.go()
    expect(await owner.heard()).toMatchObject({ kind: 'recorded', answer })
    expect(await create('rerun')).toMatchObject({ kind: 'recorded', answer })
  })

  it('that are frozen and blocked meanwhile still record what they did when they go on', async () => {
    const owner = start('hold', 'block', 'k1')
    expect(await owner.heard()).toBe('inside')
    owner.freeze()
    expect((await untilDecided('block')).kind).toBe('blocked')
    owner.thaw()
    owner.go()
    expect(await owner.heard()).toMatchObject({ kind: 'executed' })
    expect((await create('block')).kind).toBe('recorded')
  })
})
