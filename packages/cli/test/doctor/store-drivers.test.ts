import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../server/test/stores/postgres-server.ts'
import { hasRedis, type RedisServer, startRedis } from '../../../server/test/stores/redis-server.ts'
import type { Prerequisites } from '../../src/config/config.ts'
import type { Probe, Reading } from '../../src/doctor/probe.ts'
import { surroundings } from './surroundings.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A project that has this command and these packages installed, and nothing else. */
function project(packages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-project-'))
  made.push(folder)
  const cli = join(folder, 'node_modules/createonce')
  for (const part of ['dist/doctor', 'dist/config', 'package.json']) {
    cpSync(join(root, 'packages/cli', part), join(cli, part), { recursive: true })
  }
  for (const name of [...packages, '@createonce/server', 'leven']) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link)
  }
  return folder
}

const projects = new Map<string, string>()

/** Looks from such a project. */
async function lookWith(packages: readonly string[], prerequisites: Prerequisites): Promise<readonly Reading[]> {
  const folder = projects.get(packages.join()) ?? project(packages)
  projects.set(packages.join(), folder)
  const module = pathToFileURL(join(folder, 'node_modules/createonce/dist/doctor/store-probes.js')).href
  const { storeProbes } = (await import(/* @vite-ignore */ module)) as { readonly storeProbes: readonly Probe[] }
  const run = surroundings(prerequisites, { file: join(folder, 'createonce.config.json') })
  return (await Promise.all(storeProbes.map((probe) => probe.look(run)))).flat()
}

const kinds = (readings: readonly Reading[]) => new Set(readings.map(({ kind }) => kind))

describe('the drivers of PostgreSQL', () => {
  let server: PostgresServer
  let url: string
  beforeAll(async () => {
    server = await startPostgres(['fsync=on'])
    const name = await server.createDatabase()
    url = `postgres://postgres:secret@127.0.0.1:${server.port}/${name}`
  })
  afterAll(() => server.stop())

  it.each(['pg', 'postgres'])('%s of the project is enough', async (driver) => {
    const readings = await lookWith([driver], { postgres: { url, tables: ['thing', 'nowhere'] } })
    expect(readings[0]).toMatchObject({ kind: 'good', seen: 'answers to the role postgres' })
    // The schema is not there yet, and one of the tables never was: nothing else is to be said.
    expect(readings.filter(({ kind }) => kind !== 'good')).toMatchObject([
      { kind: 'warning', seen: expect.stringContaining('there is no schema') },
      { kind: 'unknown', seen: 'not tried: the schema is not migrated' },
      { subject: 'nowhere', kind: 'bad' },
    ])
    const open = `select 1 from pg_stat_activity where application_name = 'createonce doctor'`
    await expect.poll(() => server.query('postgres', open)).toEqual([])
  })

  it.each(['pg', 'postgres'])('%s says what the server says, without the password', async (driver) => {
    const [reading] = await lookWith([driver], { postgres: { url: url.replace('secret', 'hunter2') } })
    expect(reading).toMatchObject({ kind: 'bad', seen: expect.stringContaining('password authentication failed') })
    expect(reading!.seen).not.toContain('hunter2')
  })

  it('without any, nothing is known, and it is said what to install', async () => {
    const readings = await lookWith([], { postgres: { url } })
    expect(kinds(readings)).toEqual(new Set(['unknown']))
    expect(readings[0]).toMatchObject({ mend: 'npm install pg' })
  })
})

describe.skipIf(!hasRedis())('the clients of Redis', () => {
  let server: RedisServer
  let url: string
  beforeAll(async () => {
    server = await startRedis()
    url = `redis://127.0.0.1:${server.port}`
  })
  afterAll(() => server.stop())

  it.each(['ioredis', 'redis'])('%s of the project is enough', async (client) => {
    expect(kinds(await lookWith([client], { redis: { url } }))).toEqual(new Set(['good']))
    await expect.poll(() => server.command('INFO', 'clients')).toContain('connected_clients:1\r\n')
  })

  it.each(['ioredis', 'redis'])('%s says what the server says, without the password', async (client) => {
    const [reading] = await lookWith([client], { redis: { url: url.replace('//', '//nobody:hunter2@') } })
    expect(reading).toMatchObject({ kind: 'bad', seen: expect.stringContaining('WRONGPASS') })
    expect(reading!.seen).not.toContain('hunter2')
  })

  it('without any, nothing is known, and it is said what to install', async () => {
    const readings = await lookWith([], { redis: { url } })
    expect(kinds(readings)).toEqual(new Set(['unknown']))
    expect(readings[0]).toMatchObject({ mend: 'npm install ioredis' })
  })
})
