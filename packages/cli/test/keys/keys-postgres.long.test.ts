import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { postgresStore } from '@createonce/server/postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../server/test/stores/postgres-server.ts'
import { createonce, temporaryFolder } from '../createonce.ts'

// The driver is found from the folder of the service, so that the command runs in one that has it.
const service = new URL('../..', import.meta.url).pathname
const DAY_MS = 86_400_000

describe('createonce keys over PostgreSQL', () => {
  let server: PostgresServer
  let pool: pg.Pool
  let url: string
  beforeAll(async () => {
    server = await startPostgres()
    url = `postgres://postgres:secret@127.0.0.1:${server.port}/postgres`
    pool = new pg.Pool({ connectionString: url, max: 4 })
  })
  afterAll(async () => {
    await pool.end()
    await server.stop()
  })

  const keys = (...args: string[]) => createonce(['keys', ...args, '--store', url], { cwd: service })
  const clearKeys = async (...args: string[]) => {
    const { stdout } = await keys('list', '--json', '--clear', '--limit', '5000', ...args)
    return JSON.parse(stdout).keys.map(({ key }: { key: string }) => key)
  }

  it('says where there are no records, and makes none', async () => {
    const { code, stderr } = await keys('list')
    expect([code, stderr]).toEqual([
      3,
      'createonce: PostgreSQL cannot be read: there are no records of Createonce in the schema createonce.\n',
    ])
  })

  it('lists over more than one page, shows, purges and erases', async () => {
    let clock = Date.now() - 2 * DAY_MS
    const time = { now: () => clock, after: () => () => {} }
    const store = postgresStore({ pool, time })
    const record = (principal: string, key: string) =>
      store.once(
        { scope: `${JSON.stringify(principal)} createOrder`, key, fingerprint: 'f1', retentionMs: DAY_MS },
        async () => ({
          kind: 'commit',
          result: undefined,
          answer: { status: 201, headers: {}, body: '{"name":"private"}' },
        }),
      )
    await record('ada', 'old')
    clock += 2 * DAY_MS
    await record('ada', 'new')
    await record('bob', "it's \\ his")
    expect((await clearKeys()).sort()).toEqual(["it's \\ his", 'new', 'old'])
    expect(await clearKeys('--state', 'expired')).toEqual(['old'])
    expect(await clearKeys('--older-than', '1d')).toEqual(['old'])

    const named = ["it's \\ his", '--operation', 'createOrder', '--principal', 'bob']
    expect((await keys('show', ...named)).stdout).not.toMatch(/private|bob/)
    expect((await keys('show', ...named, '--clear')).stdout).toContain('private')
    expect(await keys('release', ...named, '--yes')).toMatchObject({ code: 1 })

    expect((await keys('purge', '--yes')).stdout).toBe('Deleted: 1 record.\n')
    expect((await keys('purge', '--principal', 'ada', '--yes')).stdout).toBe('Deleted: 1 record.\n')
    expect(await clearKeys()).toEqual(["it's \\ his"])

    await pool.query(`insert into createonce.record select md5(n::text)::uuid, scope, 'key ' || n, fingerprint, status,
      headers, body, created_at, expires_at from createonce.record, generate_series(1, 2500) as n`)
    expect(new Set(await clearKeys()).size).toBe(2_501)
    await store.close()
  })

  it('takes postgres.js where the folder has that', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(new URL('../../../../node_modules/postgres', import.meta.url), join(folder, 'node_modules/postgres'))
    const { code, stdout } = await createonce(['keys', 'list', '--json', '--store', url, '--limit', '5000'], {
      cwd: folder,
    })
    const { store, keys: seen } = JSON.parse(stdout)
    expect([code, seen.length]).toEqual([0, 2_501])
    expect(store).toMatch(/\((postgres.js)\)/)
  })

  it('says that a password is wrong without showing it', async () => {
    const wrong = url.replace('secret', 'hunter2')
    const { code, stderr } = await createonce(['keys', 'list', '--store', wrong], { cwd: service })
    expect([code, stderr]).toEqual([3, expect.stringMatching(/password authentication failed/)])
    expect(stderr).not.toContain('hunter2')
  })
})
