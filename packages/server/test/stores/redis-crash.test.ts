import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Claim, type Claimed, type CrashPolicy, StoreUnavailableError } from '../../src/index.ts'
import type { RedisSettings, RedisStore } from '../../src/stores/redis.ts'
import { createGate } from '../../src/testing/gate.ts'
import { type CuttingProxy, startProxy } from './cutting-proxy.ts'
import { type Client, clientsOf, libraries } from './open-redis.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

// Leases whose end a test waits for, and patience that it uses up.
const SHORT = { leaseMs: 300, answerMs: 300, settleMs: 300 }

const answer = { status: 201, headers: { Location: '/things/1' } }
const HOUR = 3_600_000

describe.skipIf(!hasRedis()).each(libraries)('over %s', (library) => {
  let server: RedisServer
  let proxy: CuttingProxy
  let client: Client
  let prefix: string
  let tests = 0
  let stores: RedisStore[]

  beforeAll(async () => {
    server = await startRedis()
    proxy = await startProxy(server.port)
    client = await clientsOf(proxy.port)[library]()
  })
  afterAll(async () => {
    await client.close()
    await proxy.close()
    await server.stop()
  })
  beforeEach(() => {
    prefix = `test-${++tests}:`
    stores = []
  })
  afterEach(async () => {
    proxy.rule = proxy.answerRule = () => 'forward'
    for (const store of stores) await store.close()
  })

  function open(settings: RedisSettings = {}): RedisStore {
    const store = client.open({ prefix, ...settings })
    stores.push(store)
    return store
  }
  const claimOf = (onCrash: CrashPolicy, key = 'k1'): Claim => ({
    scope: '"ann" createThing',
    key,
    fingerprint: '1:f',
    retentionMs: HOUR,
    onCrash,
  })
  let runs: number
  const creating = (store: RedisStore, onCrash: CrashPolicy, { key = 'k1', inside = async () => {} } = {}) => {
    runs = 0
    return store.once<string>(claimOf(onCrash, key), async () => {
      runs += 1
      await inside()
      return { kind: 'commit', result: `run ${runs}`, answer }
    })
  }

  /** Asks again and again until there is an answer, and the key is not in flight any more. */
  async function untilDecided(store: RedisStore, onCrash: CrashPolicy): Promise<Claimed<string>> {
    for (;;) {
      try {
        const claimed = await creating(store, onCrash)
        if (claimed.kind !== 'in-flight') return claimed
      } catch (error) {
        expect(error).toBeInstanceOf(StoreUnavailableError)
      }
    }
  }

  /** A rule that meets the next message with the words. */
  function once(words: string, step: (pair: Parameters<CuttingProxy['rule']>[1]) => 'forward' | 'drop') {
    let isOver = false
    return (text: string, pair: Parameters<CuttingProxy['rule']>[1]) => {
      if (isOver || !text.includes(words)) return 'forward'
      isOver = true
      return step(pair)
    }
  }
  const cut = ({ client: near, server: far }: Parameters<CuttingProxy['rule']>[1]): 'drop' => {
    near.destroy()
    far.destroy()
    return 'drop'
  }

  describe('a wire that is cut', () => {
    it.each([
      ['before the reservation arrived', 'rule', 'createThing'],
      ['before the answer to the reservation', 'answerRule', 'acquired'],
      ['before the record arrived', 'rule', '/things/1'],
      ['before the answer to the record', 'answerRule', 'completed'],
    ] as const)('%s is asked again, and the work runs once', async (_, direction, words) => {
      const store = open()
      await store.ready()
      proxy[direction] = once(words, cut)
      expect(await creating(store, 'block')).toEqual({ kind: 'executed', result: 'run 1' })
      expect(await creating(store, 'block')).toMatchObject({ kind: 'recorded', answer })
      expect(runs).toBe(0)
    })

    it('before the key was freed is asked again: the key is free', async () => {
      const store = open()
      await store.ready()
      const fault = new Error('the author failed')
      const inside = async (): Promise<void> => {
        proxy.answerRule = once('freed', cut)
        throw fault
      }
      await expect(creating(store, 'block', { inside })).rejects.toBe(fault)
      expect((await creating(store, 'block')).kind).toBe('executed')
    })
  })

  describe('a Redis that does not answer', () => {
    it('refuses the request before anything runs, and the key is not blocked when it answers again', async () => {
      const store = open(SHORT)
      await store.ready()
      server.freeze()
      await expect(creating(store, 'block')).rejects.toThrow(StoreUnavailableError)
      expect(runs).toBe(0)
      // The reservation is executed now, and undone right behind.
      server.thaw()
      expect((await untilDecided(store, 'block')).kind).toBe('executed')
    })

    /** Runs the work, and loses Redis before its answer is recorded: by a client that is gone afterwards. */
    async function unrecorded(onCrash: CrashPolicy): Promise<void> {
      const own = await clientsOf(proxy.port)[library]()
      const store = own.open({ prefix, ...SHORT })
      const inside = async (): Promise<void> => {
        proxy.rule = () => 'drop'
      }
      await expect(creating(store, onCrash, { inside })).rejects.toThrow(StoreUnavailableError)
      expect(runs).toBe(1)
      await own.close()
      proxy.rule = () => 'forward'
    }

    it('after the work has run leaves the key blocked under `block`: the effect may have happened', async () => {
      await unrecorded('block')
      expect(await untilDecided(open(), 'block')).toEqual({ kind: 'blocked', fingerprint: '1:f' })
      expect(runs).toBe(0)
    })

    it('after the work has run lets it run again under `rerun`', async () => {
      await unrecorded('rerun')
      expect((await untilDecided(open(), 'rerun')).kind).toBe('executed')
    })

    it('while the work runs, and is back before it ends, has lost nothing', async () => {
      const store = open({ leaseMs: 10_000 })
      const [entered, gate] = [createGate(), createGate()]
      const running = creating(store, 'block', {
        inside: async () => {
          entered.open()
          await gate.opened
        },
      })
      await entered.opened
      await server.kill()
      gate.open()
      await server.restart()
      expect(await running).toEqual({ kind: 'executed', result: 'run 1' })
      expect((await creating(store, 'block')).kind).toBe('recorded')
    })
  })

  describe('a Redis that is killed and comes back', () => {
    it('is used again without help, and has forgotten neither answers nor who was inside', async () => {
      const store = open({ ...SHORT, leaseMs: 60_000 })
      await creating(store, 'block', { key: 'recorded' })
      const [entered, gate] = [createGate(), createGate()]
      const inside = async (): Promise<void> => {
        entered.open()
        await gate.opened
      }
      const running = creating(store, 'block', { key: 'inside', inside })
      await entered.opened
      await server.kill()
      await expect(creating(store, 'block')).rejects.toThrow(StoreUnavailableError)
      expect(runs).toBe(0)
      await server.restart()
      expect((await untilDecided(store, 'block')).kind).toBe('executed')
      expect((await creating(store, 'block', { key: 'recorded' })).kind).toBe('recorded')
      expect((await creating(store, 'block', { key: 'inside' })).kind).toBe('in-flight')
      gate.open()
      expect((await running).kind).toBe('executed')
    })

    it('knows no script any more, and gets it again', async () => {
      const store = open()
      await store.ready()
      await server.command('SCRIPT', 'FLUSH')
      expect((await creating(store, 'block')).kind).toBe('executed')
    })
  })

  describe('a full memory', () => {
    afterEach(async () => {
      await server.command('CONFIG', 'SET', 'maxmemory', '0')
    })

    it('refuses new keys, records what was begun, and still replays', async () => {
      const store = open()
      const inside = async (): Promise<void> => {
        await server.command('CONFIG', 'SET', 'maxmemory', '1')
      }
      expect((await creating(store, 'block', { inside })).kind).toBe('executed')
      expect((await creating(store, 'block')).kind).toBe('recorded')
      await expect(creating(store, 'block', { key: 'new' })).rejects.toThrow('OOM')
      expect(runs).toBe(0)
      await server.command('CONFIG', 'SET', 'maxmemory', '0')
      expect((await creating(store, 'block', { key: 'new' })).kind).toBe('executed')
    })
  })

  describe('what Redis keeps', () => {
    const keyOf = async (): Promise<string> => {
      const reply = await server.command('KEYS', `${prefix}*`)
      return reply.split('\r\n')[2]!
    }
    const ttl = async (): Promise<number> => Number((await server.command('PTTL', await keyOf())).slice(1))

    it('goes by itself: an answer after its retention, an unfinished key a lease later', async () => {
      const store = open({ leaseMs: 20_000 })
      let unfinished = 0
      await creating(store, 'block', {
        inside: async () => {
          unfinished = await ttl()
        },
      })
      // A few seconds have passed at most.
      expect(unfinished).toBeGreaterThan(HOUR + 10_000)
      expect(unfinished).toBeLessThanOrEqual(HOUR + 20_000)
      expect(await ttl()).toBeGreaterThan(HOUR - 10_000)
      expect(await ttl()).toBeLessThanOrEqual(HOUR)
    })

    it('is one hash, which tells an operator whose key it is and how far it came', async () => {
      const store = open()
      let inside = ''
      await creating(store, 'block', {
        inside: async () => {
          inside = await server.command('HGETALL', await keyOf())
        },
      })
      for (const text of ['running', '"ann" createThing', 'k1', 'block']) expect(inside).toContain(text)
      expect(await server.command('HGETALL', await keyOf())).toContain('done')
    })
  })
})
