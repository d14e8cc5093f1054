import { chmodSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../src/config/config.ts'
import { createonce, type Ended, type Running, startCreateonce, temporaryFolder } from './createonce.ts'
import { type Listening, listen } from './targets/listen.ts'

// One service, three environments: the first is right, the second stands behind a prefix that the service was not told
// of, the third asks for a credential that is wrong there, and its key may be read by everybody.
const PREFIX = '/shop'
const env = { STAGING_TOKEN: 'token-of-staging', PRODUCTION_TOKEN: 'token-that-has-expired' }

let service: Running
let staging: Listening
let production: Listening
let cwd: string
beforeAll(async () => {
  service = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
  staging = await inFrontOf(service.url, PREFIX, `Bearer ${env.STAGING_TOKEN}`)
  production = await inFrontOf(service.url, '', 'Bearer token-of-production')
  cwd = temporaryFolder()
  // In a folder that nobody else may enter, a key is private whatever its mode.
  chmodSync(cwd, 0o755)
  for (const [name, mode] of [
    ['local.key', 0o600],
    ['production.key', 0o644],
  ] as const) {
    writeFileSync(join(cwd, name), 'a key')
    chmodSync(join(cwd, name), mode)
  }
  const needing = (path: string) => ({ files: [{ path, access: ['read' as const], private: true }] })
  const config: Config = {
    profiles: {
      local: { baseUrl: service.url, prerequisites: needing('local.key') },
      staging: {
        baseUrl: staging.url + PREFIX,
        document: `${staging.url}${PREFIX}/openapi.json`,
        headers: { Authorization: 'Bearer ${STAGING_TOKEN}' },
        prerequisites: needing('local.key'),
      },
      production: {
        baseUrl: production.url,
        headers: { Authorization: 'Bearer ${PRODUCTION_TOKEN}' },
        prerequisites: needing('production.key'),
      },
    },
  }
  writeFileSync(join(cwd, 'createonce.config.json'), JSON.stringify(config))
})
afterAll(async () => {
  await staging.close()
  await production.close()
  await service.stop()
})

/** A gateway: passes on what is below its prefix and has the credential; documents and health are for everybody. */
function inFrontOf(target: string, prefix: string, credential: string): Promise<Listening> {
  return listen((request, response) => {
    const url = request.url ?? '/'
    const isOpen = /\/(openapi\.json|health\/\w+)$/.test(url)
    if (!url.startsWith(prefix)) return response.writeHead(404).end()
    if (!isOpen && request.headers.authorization !== credential) {
      request.resume()
      return response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end()
    }
    const { method, headers } = request
    const passed = http.request(target + url.slice(prefix.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    return request.pipe(passed)
  })
}

const run = (...args: string[]): Promise<Ended> => createonce(args, { cwd, env })
const checks = ['created-status-201', 'location-resolves']
const verify = (profile: string) => run('verify', '--profile', profile, '--check', ...checks)
const badProbes = ({ stdout }: Ended): string[] =>
  (JSON.parse(stdout).readings as { probe: string; kind: string }[])
    .filter(({ kind }) => kind === 'bad')
    .map(({ probe }) => probe)

describe('doctor, smoke and verify, the same on every profile', () => {
  it('are content with the one that is right', async () => {
    expect(badProbes(await run('doctor', '--profile', 'local', '--json'))).toEqual([])
    expect(await run('smoke', '--profile', 'local')).toMatchObject({ code: 0 })
    expect(await verify('local')).toMatchObject({ code: 0 })
  })

  it('name a prefix that the service was not told of: its Location leads past the gateway', async () => {
    const smoke = await run('smoke', '--profile', 'staging')
    expect([smoke.code, smoke.stdout]).toEqual([1, expect.stringMatching(/location/i)])
    const verified = await verify('staging')
    expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining('location-resolves')])
    const diff = await run('diff', 'local', 'staging')
    expect([diff.code, diff.stdout]).toEqual([1, expect.stringMatching(/prefix/i)])
  })

  it('name a credential that is refused and a key that everybody may read', async () => {
    const doctor = await run('doctor', '--profile', 'production', '--json')
    expect(doctor.code).toBe(1)
    expect(badProbes(doctor)).toEqual(expect.arrayContaining(['credentials-accepted', 'file-private']))
    expect(badProbes(doctor)).toHaveLength(2)
    const smoke = await run('smoke', '--profile', 'production')
    expect([smoke.code, smoke.stdout + smoke.stderr]).toEqual([expect.any(Number), expect.stringContaining('401')])
    expect(smoke.code).not.toBe(0)
    const diff = await run('diff', 'local', 'production')
    expect(diff.code).not.toBe(0)
    expect(diff.stdout + diff.stderr).toContain('401')
  })

  it('show no credential anywhere', async () => {
    for (const args of [['doctor'], ['smoke'], ['verify', '--check', ...checks]]) {
      const { stdout, stderr } = await run(args[0]!, '--profile', 'production', ...args.slice(1))
      expect(stdout + stderr).not.toContain(env.PRODUCTION_TOKEN)
    }
  })
})
