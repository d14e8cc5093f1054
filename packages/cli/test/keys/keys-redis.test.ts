import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Claim, type CrashPolicy, UnknownOutcomeError } from '@createonce/server'
import { createPseudonym } from '@createonce/server/operator'
import { redisStore } from '@createonce/server/redis'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasRedis, type RedisServer, startRedis } from '../../../server/test/stores/redis-server.ts'
import { createonce, temporaryFolder } from '../createonce.ts'

// The driver is found from the folder of the service, so that the command runs in one that has it.
const service = new URL('../..', import.meta.url).pathname
const SECRET = 'a secret of the log'

describe.skipIf(!hasRedis())('createonce keys over Redis', () => {
  let server: RedisServer
  let client: Redis
  beforeAll(async () => {
    server = await startRedis()
    client = new Redis({ host: '127.0.0.1', port: server.port })
  })
  afterAll(async () => {
    client.disconnect()
    await server.stop()
  })
  beforeEach(() => client.flushall())

  const claimOf = (key: string, onCrash: CrashPolicy = 'block'): Claim => ({
    scope: '"shop" charge',
    key,
    fingerprint: 'f1',
    retentionMs: 86_400_000,
    onCrash,
  })
  const open = (settings = {}) => redisStore({ ioredis: client, ...settings })
  const keys = (...args: string[]) =>
    createonce(['keys', ...args, '--store', `redis://127.0.0.1:${server.port}`], {
      cwd: service,
      env: { LOG_SECRET: SECRET },
    })
  const ofShop = ['--operation', 'charge', '--principal', 'shop']

  /** An execution that fails so that nobody knows what it did. */
  const crash = (key: string, onCrash: CrashPolicy) =>
    open()
      .once(claimOf(key, onCrash), () => {
        throw new UnknownOutcomeError('The provider did not answer.')
      })
      .catch(() => {})
  const answer = { status: 201, headers: {}, body: '{}' }
  const complete = (key: string) =>
    open().once(claimOf(key), () => ({ kind: 'commit' as const, result: 'done', answer }))

  /** Runs `step` while a key is being executed. */
  async function whileRunning<T>(key: string, step: () => Promise<T>): Promise<T> {
    let value: T
    await open().once(claimOf(key), async () => {
      value = await step()
      return { kind: 'commit', result: undefined, answer }
    })
    return value!
  }

  it('tells the states of keys apart', async () => {
    await complete('done')
    await crash('stuck', 'block')
    await crash('again', 'rerun')
    const { code, stdout } = await whileRunning('busy', () => keys('list', '--json', '--clear'))
    expect(code).toBe(0)
    const states = JSON.parse(stdout).keys.map(({ key, state }: { key: string; state: string }) => [key, state])
    expect(Object.fromEntries(states)).toEqual({
      done: 'completed',
      stuck: 'blocked',
      again: 'abandoned',
      busy: 'in-flight',
    })
  })

  it('releases a blocked key by the hash of its log line: the next request executes', async () => {
    await crash('stuck', 'block')
    expect((await complete('stuck')).kind).toBe('blocked')
    const audit = join(temporaryFolder(), 'audit.jsonl')
    const hash = createPseudonym(SECRET)('stuck')
    const named = ['--hash', hash.slice(0, 8), '--log-secret-env', 'LOG_SECRET']
    const { code, stdout } = await keys('release', ...named, '--yes', '--audit', audit)
    expect([code, stdout]).toEqual([0, 'Released: the next request with this key will be executed.\n'])
    const line = JSON.parse(readFileSync(audit, 'utf8'))
    expect(line).toMatchObject({ what: 'release', key: hash, operation: 'charge', outcome: 'released' })
    expect(readFileSync(audit, 'utf8')).not.toContain('stuck')
    expect((await complete('stuck')).kind).toBe('executed')
  })

  it('asks first, and without a terminal does nothing', async () => {
    await crash('stuck', 'block')
    const { code, stderr } = await keys('release', 'stuck', ...ofShop)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/the next retry will execute again\. Say --yes/)])
    expect((await complete('stuck')).kind).toBe('blocked')
  })

  it('never releases a key whose owner is at work', async () => {
    const ended = await whileRunning('busy', () => keys('release', 'busy', ...ofShop, '--yes'))
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('its owner is alive and at work') })
    expect((await complete('busy')).kind).toBe('recorded')
  })

  it('erases the finished records of a principal, and leaves the others', async () => {
    await complete('done')
    await crash('stuck', 'block')
    const { stdout } = await keys('purge', '--principal', 'shop', '--yes')
    expect(stdout).toBe('Deleted: 1 record.\n')
    expect((await complete('stuck')).kind).toBe('blocked')
  })

  it('says what it cannot tell the age of', async () => {
    await complete('done')
    const { stdout, stderr } = await keys('list', '--older-than', '1h')
    expect([stdout, stderr]).toEqual(['No key matches.\n', expect.stringMatching(/^1 without a time were left out/)])
  })

  it('takes node-redis where the folder has that', async () => {
    await complete('done')
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(new URL('../../../../node_modules/redis', import.meta.url), join(folder, 'node_modules/redis'))
    const { code, stdout } = await createonce(
      ['keys', 'list', '--json', '--store', `redis://127.0.0.1:${server.port}`],
      { cwd: folder },
    )
    const { store, keys: seen } = JSON.parse(stdout)
    expect([code, seen.length]).toEqual([0, 1])
    expect(store).toMatch(/\((node-redis|redis)\)/)
  })

  it('says soon that a server is out of reach, without its password', async () => {
    const away = ['--store', 'redis://:hunter2@127.0.0.1:1']
    const { code, stderr } = await createonce(['keys', 'list', ...away], { cwd: service })
    expect(code).toBe(3)
    expect(stderr).toMatch(/^createonce: Redis cannot be reached: .*ECONNREFUSED/)
    expect(stderr).not.toContain('hunter2')
  })
})
