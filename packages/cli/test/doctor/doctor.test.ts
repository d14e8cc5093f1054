import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Profile } from '../../src/config/config.ts'
import { createonce, type Running, startCreateonce, temporaryFolder } from '../createonce.ts'
import { hasOpenssl } from './has-openssl.ts'
import { closedPort, listening } from './listening.ts'
import { makeCertificate } from './make-certificate.ts'

const TOKEN = 's3cret-s3cret'
const ENTRY = new URL('../../dist/doctor-entry.js', import.meta.url).href

/** A folder with a configuration, a key and a folder for data. */
function project(profiles: Readonly<Record<string, Partial<Profile>>>): string {
  const folder = temporaryFolder()
  const full = Object.entries(profiles).map(([name, profile]) => [name, { baseUrl: 'http://localhost:1', ...profile }])
  writeFileSync(join(folder, 'createonce.config.json'), JSON.stringify({ profiles: Object.fromEntries(full) }))
  writeFileSync(join(folder, 'key.pem'), 'key', { mode: 0o600 })
  mkdirSync(join(folder, 'data'))
  return folder
}

const prerequisites: Profile['prerequisites'] = {
  node: '>=20',
  environment: [{ name: 'API_TOKEN', minLength: 8 }],
  files: [
    { path: 'key.pem', access: ['read'], private: true },
    { path: 'data', access: ['read', 'write'] },
  ],
}
const headers = { Authorization: 'Bearer ${API_TOKEN}' }

describe('createonce doctor', () => {
  let bookshop: Running
  beforeAll(async () => {
    bookshop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
  })
  afterAll(() => bookshop?.stop())

  const run = (profile: Partial<Profile>, args: readonly string[] = [], env: Record<string, string> = {}) =>
    createonce(['doctor', ...args], { cwd: project({ local: profile }), env: { API_TOKEN: TOKEN, ...env } })

  it('is content with a profile that has all it needs, and exits with 0', async () => {
    const port = Number(new URL(bookshop.url).port)
    const profile = { baseUrl: bookshop.url, headers, prerequisites: { ...prerequisites, freePorts: [port] } }
    const { code, stdout, stderr } = await run(profile)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Profile local of createonce\.config\.json\n\n✓ Node has the version/)
    expect(stdout).not.toMatch(/^[✗!?]/m)
    expect(stdout).toMatch(/\n\n\d+ good\.\n$/)
    expect(stdout).not.toContain(TOKEN)
  })

  it('says of what is bad why it matters and how to mend it, and exits with 1', async () => {
    const folder = project({ local: { baseUrl: `${bookshop.url}/shop`, ready: '/health/ready', prerequisites } })
    chmodSync(folder, 0o755)
    chmodSync(join(folder, 'key.pem'), 0o644)
    const { code, stdout } = await createonce(['doctor'], { cwd: folder, env: { API_TOKEN: 'short' } })
    expect(code).toBe(1)
    const bad = [...stdout.matchAll(/^✗ [^[]+\[([\w-]+)\]\n {4}Why: \S[\s\S]*?\n {4}Mend: \S/gm)].map(([, id]) => id)
    expect(bad).toEqual(['environment-variable', 'file-private', 'api-ready'])
    expect(stdout).toMatch(/\d+ good, .*3 bad/)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('writes one JSON document with --json, and no secret', async () => {
    const port = await closedPort()
    const { code, stdout } = await run({ baseUrl: `http://localhost:${port}/${TOKEN}`, headers, prerequisites }, [
      '--json',
    ])
    const report = JSON.parse(stdout)
    expect([code, report.schemaVersion, report.profile]).toEqual([1, 1, 'local'])
    const reached = report.readings.find(({ probe }: { probe: string }) => probe === 'api-reachable')
    expect(reached).toMatchObject({ kind: 'bad', subject: `http://localhost:${port}/***` })
    expect(reached.seen).toContain('ECONNREFUSED')
    expect(Object.keys(reached).sort()).toEqual(['kind', 'mend', 'needs', 'probe', 'seen', 'subject', 'why'])
    for (const kind of ['good', 'warning', 'bad', 'unknown']) {
      expect(report.summary[kind]).toBe(report.readings.filter((one: { kind: string }) => one.kind === kind).length)
    }
    expect(stdout).not.toContain(TOKEN)
  })

  it('asks nothing of an API that is still to be started, with --before-start', async () => {
    const { code, stdout } = await run({ baseUrl: `http://localhost:${await closedPort()}`, headers, prerequisites }, [
      '--before-start',
    ])
    expect([code, stdout.match(/^[✗!?].*/gm)]).toEqual([0, null])
    expect(stdout).not.toContain('API answers')
  })

  it('looks at the profile that is named', async () => {
    const cwd = project({ local: {}, staging: { prerequisites: { node: '>=900' } } })
    const { code, stdout } = await createonce(['doctor', '--profile', 'staging', '--before-start'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('needed: >=900')
  })

  it.each([
    [['--profile', 'stagin'], 'is staging meant?'],
    [['--jsn'], '(Did you mean --json?)'],
  ])('refuses %j with exit code 2', async (args, said) => {
    const { code, stdout, stderr } = await createonce(['doctor', ...args], { cwd: project({ staging: {} }) })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(said)
  })

  it('refuses a configuration that is wrong or missing with exit code 2', async () => {
    expect((await createonce(['doctor'], { cwd: project({ local: { baseUrl: 'x' } }) })).code).toBe(2)
    expect((await createonce(['doctor'])).stderr).toContain('There is no createonce.config.ts')
  })

  it('escapes what an API says that acts on a terminal', async () => {
    const { createServer } = await import('node:http')
    const title = 'Shop\u001b[2J\u202e'
    const document = {
      openapi: '3.1.0',
      info: { title, version: '1' },
      paths: { '/a': { post: { responses: { 201: {} } } } },
    }
    const port = await listening(createServer((_, response) => response.end(JSON.stringify(document))))
    const { stdout } = await run({ baseUrl: `http://localhost:${port}` })
    expect(stdout).toContain('Shop\\x1b[2J\\u202e')
    expect(stdout).not.toContain('\u001b')
  })

  it.runIf(hasOpenssl)('trusts the authorities of NODE_EXTRA_CA_CERTS, as the service will', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'createonce-ca-'))
    const { key, cert, certFile } = makeCertificate(folder, 'localhost', 90)
    const port = await listening(
      createServer({ key, cert }, (_, response) => response.end()).on('tlsClientError', () => {}),
    )
    const see = async (env: Record<string, string>) => {
      const { stdout } = await run({ baseUrl: `https://localhost:${port}` }, ['--json'], env)
      const { readings } = JSON.parse(stdout) as { readings: readonly { probe: string; kind: string }[] }
      return readings.filter(({ probe }) => /^tls|^api-reach/.test(probe)).map(({ probe, kind }) => `${probe} ${kind}`)
    }
    const others = ['tls-name good', 'tls-expiry good']
    expect(await see({ NODE_EXTRA_CA_CERTS: certFile })).toEqual([...others, 'tls-trusted good', 'api-reachable good'])
    expect(await see({})).toEqual([...others, 'tls-trusted warning', 'api-reachable bad'])
    rmSync(folder, { recursive: true })
  })
})

describe('createonce/doctor, in a service of the user', () => {
  const start = (folder: string, token: string) =>
    promisify(execFile)(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { doctor, DoctorError, requireGood } from ${JSON.stringify(ENTRY)}
         const report = await doctor()
         try {
           requireGood(report)
           console.log('listening', report.readings.every(({ kind }) => kind === 'good'))
         } catch (error) {
           console.log(error instanceof DoctorError, error.bad.map(({ probe }) => probe).join())
           console.log(error.message)
         }`,
      ],
      { cwd: folder, env: { ...process.env, API_TOKEN: token } },
    ).then(({ stdout }) => stdout)

  it('lets it start where everything is there, and asks nothing of the API, which is not', async () => {
    const folder = project({ local: { headers, prerequisites } })
    expect(await start(folder, TOKEN)).toBe('listening true\n')
  })

  it('throws one error that lists all that is bad, with what to do, and no secret', async () => {
    const files = [{ path: 'gone.pem', access: ['read'] as const }]
    const folder = project({ local: { headers, prerequisites: { ...prerequisites, files } } })
    const said = await start(folder, 's3cret')
    expect(said).toMatch(/^true environment-variable,file-readable\nThe profile local lacks what it needs:\n/)
    expect(said).toMatch(/\(gone\.pem\): not there \[file-readable\]\n {4}Make .*gone\.pem, or correct the path\./)
    expect(said).not.toContain('s3cret')
  })
})

it('is an entry of the package', () => {
  expect(import.meta.resolve('createonce/doctor')).toBe(ENTRY)
})
