import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aesGcmSeal, type Claim } from '@createonce/server'
import { createPseudonym } from '@createonce/server/operator'
import { type SqliteStore, sqliteStore } from '@createonce/server/sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createonce, temporaryFolder } from '../createonce.ts'

const SECRET = 'a secret of the log'
const DAY_MS = 86_400_000

let folder: string
let store: SqliteStore
let clock: number
beforeEach(async () => {
  folder = temporaryFolder()
  clock = Date.now()
  const time = { now: () => clock, after: () => () => {} }
  store = await sqliteStore({ file: join(folder, 'shop.db'), time })
})
afterEach(() => store.close())

const claimOf = (principal: string, key: string, operation = 'createOrder'): Claim => ({
  scope: `${JSON.stringify(principal)} ${operation}`,
  key,
  fingerprint: 'f1',
  retentionMs: DAY_MS,
})

async function record(claim: Claim, body = '{"name":"a private matter"}') {
  const answer = { status: 201, headers: { location: '/orders/1' }, body }
  await store.once(claim, () => ({ kind: 'commit', result: undefined, answer }))
}

const keys = (...args: string[]) =>
  createonce(['keys', ...args, '--store', 'sqlite:shop.db'], { cwd: folder, env: { LOG_SECRET: SECRET } })
const listed = async (...args: string[]) => JSON.parse((await keys('list', '--json', ...args)).stdout).keys
const ofAda = ['--operation', 'createOrder', '--principal', 'ada']

describe('createonce keys list', () => {
  it('shows state, operation, age and hashes, and neither key nor principal nor body', async () => {
    clock -= 2 * 3_600_000
    await record(claimOf('ada', 'key-of-ada'))
    const { code, stdout } = await keys('list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^state +operation +age +expires +status +principal +key\n/)
    expect(stdout).toMatch(/\ncompleted +createOrder +2h +in 2[12]h +201 +[0-9a-f]{16} +[0-9a-f]{16}\n$/)
    expect(stdout).not.toMatch(/ada|private/)
    expect((await keys('list', '--clear')).stdout).toMatch(/ada +key-of-ada\n$/)
  })

  it('chooses by state, operation, principal and age', async () => {
    clock -= 2 * DAY_MS
    await record(claimOf('ada', 'old'))
    clock += 2 * DAY_MS
    await record(claimOf('ada', 'new'))
    await record(claimOf('bob', 'his', 'createBook'))
    const chosen = async (...args: string[]) =>
      (await listed('--clear', ...args)).map(({ key }: { key: string }) => key)
    expect((await chosen()).sort()).toEqual(['his', 'new', 'old'])
    expect(await chosen('--state', 'expired')).toEqual(['old'])
    expect(await chosen('--older-than', '1h')).toEqual(['old'])
    expect(await chosen('--principal', 'bob')).toEqual(['his'])
    expect((await chosen('--operation', 'createOrder')).sort()).toEqual(['new', 'old'])
  })

  it('ends at its limit, and says that there are more; beyond one page of reading, too', async () => {
    for (const batch of [1, 2]) {
      await Promise.all(Array.from({ length: 550 }, (_, index) => record(claimOf('ada', `key ${batch} ${index}`))))
    }
    const { stdout, stderr } = await keys('list', '--limit', '2', '--log-secret-env', 'LOG_SECRET')
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(stderr).toBe('There are more than 2; --limit shows more of them.\n')
    expect(await listed('--limit', '2000')).toHaveLength(1_100)
  })

  it('lets no control character of a key reach the terminal', async () => {
    await record(claimOf('ada\u001b[2J', 'key'))
    expect((await keys('list', '--clear')).stdout).not.toContain('\u001b')
  })
})

describe('createonce keys show', () => {
  it('finds the key of a log line by its hash, with the secret of the log', async () => {
    await record(claimOf('ada', 'one'))
    await record(claimOf('ada', 'two'))
    const hash = createPseudonym(SECRET)('two').slice(0, 8)
    const { code, stdout } = await keys('show', '--hash', hash, '--log-secret-env', 'LOG_SECRET', '--json', '--clear')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).key).toMatchObject({ key: 'two', principalHash: createPseudonym(SECRET)('ada') })
    const without = await keys('show', '--hash', hash)
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('--hash needs --log-secret-env') })
  })

  it('shows the answer only in clear', async () => {
    await record(claimOf('ada', 'key'))
    const hidden = (await keys('show', 'key', ...ofAda)).stdout
    expect(hidden).toContain('a body of 27 bytes (--clear shows them)')
    expect(hidden).not.toMatch(/private|orders\/1/)
    expect((await keys('show', 'key', ...ofAda, '--clear')).stdout).toContain('a private matter')
  })

  it('shows a sealed answer as sealed, in clear too', async () => {
    const seal = aesGcmSeal({ keys: { k1: randomBytes(32) }, current: 'k1' })
    const sealed = `sealed:1:${seal.keyId}:${seal.seal('{"body":"a private matter"}', 'about')}`
    await record(claimOf('ada', 'key'), sealed)
    const { stdout } = await keys('show', 'key', ...ofAda, '--clear')
    expect(stdout).toContain('sealed        with the key k1; only the service can open it')
    expect(stdout).not.toContain(sealed)
  })

  it('says of a key that is not there that nothing is known of it', async () => {
    expect(await keys('show', 'key', ...ofAda)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Nothing is known/),
    })
  })
})

describe('createonce keys purge', () => {
  it('deletes what is past its retention, and writes who did it', async () => {
    clock -= 2 * DAY_MS
    await record(claimOf('ada', 'old'))
    clock += 2 * DAY_MS
    await record(claimOf('ada', 'new'))
    const { code, stdout } = await keys('purge', '--yes', '--audit', 'audit.jsonl')
    expect([code, stdout]).toEqual([0, 'Deleted: 1 record.\n'])
    expect(await listed()).toHaveLength(1)
    const line = JSON.parse(readFileSync(join(folder, 'audit.jsonl'), 'utf8'))
    expect(line).toMatchObject({ what: 'purge', outcome: 'purged', deleted: 1, who: expect.any(String) })
  })

  it('erases all of a principal, and names it by its hash only', async () => {
    await record(claimOf('ada', 'hers'))
    await record(claimOf('adam', 'his'))
    const { stderr } = await keys('purge', '--principal', 'ada', '--yes', '--log-secret-env', 'LOG_SECRET')
    expect(JSON.parse(stderr)).toMatchObject({ what: 'erase', principal: createPseudonym(SECRET)('ada'), deleted: 1 })
    expect((await listed('--clear')).map(({ key }: { key: string }) => key)).toEqual(['his'])
  })

  it('does nothing without consent, or where the audit cannot be written', async () => {
    await record(claimOf('ada', 'hers'))
    const erase = ['purge', '--principal', 'ada']
    expect(await keys(...erase)).toMatchObject({ code: 2, stderr: expect.stringContaining('Say --yes') })
    const unwritten = await keys(...erase, '--yes', '--audit', 'no/such/folder')
    expect(unwritten).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was changed') })
    expect(await listed()).toHaveLength(1)
  })
})

describe('createonce keys', () => {
  it('has nothing to release where a transaction undoes what is unfinished', async () => {
    await record(claimOf('ada', 'key'))
    const { code, stderr } = await keys('release', 'key', ...ofAda, '--yes')
    expect([code, stderr]).toEqual([
      1,
      'Nothing was released: this key has a recorded answer, which its retries get.\n',
    ])
  })

  it('takes the store from a profile, relative to the configuration', async () => {
    await record(claimOf('ada', 'key'))
    const profile = { baseUrl: 'http://localhost:1', prerequisites: { sqlite: { file: 'shop.db' } } }
    writeFileSync(join(folder, 'createonce.config.json'), JSON.stringify({ profiles: { night: profile } }))
    const { code, stdout } = await createonce(['keys', 'list', '--json', '--profile', 'night'], { cwd: folder })
    expect([code, JSON.parse(stdout).keys.length]).toEqual([0, 1])
  })

  it('asks for whole names of a key', async () => {
    expect(await keys('show', 'key')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('say --operation and --principal'),
    })
    expect(await keys('show')).toMatchObject({ code: 2, stderr: expect.stringContaining('Name one key') })
  })

  it('says which package to install where the folder has no driver', async () => {
    const { code, stderr } = await createonce(['keys', 'list', '--store', 'postgres://localhost/shop'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('npm install pg')])
  })

  it('makes no file that is not there', async () => {
    const { code, stderr } = await createonce(['keys', 'list', '--store', 'sqlite:none.db'], { cwd: folder })
    expect([code, stderr]).toEqual([3, expect.stringMatching(/There is no SQLite file .*none\.db/)])
  })
})

describe.concurrent('what is wrong usage of createonce keys', () => {
  it.each([
    [['list', '--yes'], '--yes has no meaning for createonce keys list.'],
    [['list', 'key'], 'createonce keys list takes no key.'],
    [['list', '--older-than', 'long'], 'It must be a duration'],
    [['list', '--log-secret-env', 'MISSING'], 'MISSING, which is not set'],
    [['forget'], 'Allowed choices are list, show, release, purge'],
    [['list', '--store', 'mysql://root:hunter2@db'], "not 'mysql:'"],
  ])('%j', async (args, message) => {
    const { code, stderr } = await createonce(['keys', ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(stderr).not.toContain('hunter2')
  })
})
