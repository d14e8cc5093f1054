import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, type Running, startCreateonce, temporaryFolder } from './createonce.ts'

let shop: Running
let front: { readonly url: string; readonly seen: { method: string; token?: string | undefined }[]; close(): void }

/** Lets through what has the right token, and writes down what it saw. */
async function startFront(upstream: string): Promise<typeof front> {
  const seen: (typeof front)['seen'] = []
  const answer: RequestListener = async (request, response) => {
    const token = request.headers['x-api-token'] as string | undefined
    seen.push({ method: request.method!, token })
    if (token !== 'open-sesame') return void response.writeHead(401).end()
    const through = await fetch(`${upstream}${request.url}`, { method: request.method! })
    response.writeHead(through.status, { 'content-type': through.headers.get('content-type') ?? 'text/plain' })
    response.end(Buffer.from(await through.arrayBuffer()))
  }
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => server.close(),
  }
}

beforeAll(async () => {
  shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
  front = await startFront(shop.url)
})
afterAll(async () => {
  front.close()
  await shop.stop()
})

function project(profiles: object): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'createonce.config.json'), JSON.stringify({ profiles }))
  return folder
}
const reportOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
const verify = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  createonce(['verify', ...args], { cwd, env })

describe('verify --profile', () => {
  it('judges what the profile names, and says in the report which profile it was', async () => {
    const cwd = project({
      local: { baseUrl: shop.url, operations: ['createPublisher'], checks: ['location-resolves'] },
    })
    const { code, stderr } = await verify(cwd, ['--profile', 'local', '--report', 'json=report.json'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('Verifying 1 creation ')])
    const { target, results } = reportOf(cwd)
    expect(target).toMatchObject({ profile: 'local', baseUrl: expect.stringContaining(shop.url) })
    expect(results.map(({ check }: { check: string }) => check)).toEqual(['location-resolves'])
  })

  it('is outranked by the command line', async () => {
    const cwd = project({
      local: { baseUrl: shop.url, operations: ['createPublisher'], checks: ['location-resolves'] },
    })
    const args = ['--profile', 'local', '--check', 'location-present', '--report', 'json=report.json']
    expect((await verify(cwd, args)).code).toBe(0)
    expect(reportOf(cwd).results.map(({ check }: { check: string }) => check)).toEqual(['location-present'])
  })

  it('takes credentials from the environment, reads only where nothing may be created, and shows no credential', async () => {
    const cwd = project({
      production: { baseUrl: front.url, create: 'never', headers: { 'X-Api-Token': '${SHOP_TOKEN}' } },
    })
    const args = ['--profile', 'production', '--yes', '--report', 'json=report.json']
    const { stdout, stderr } = await verify(cwd, args, { SHOP_TOKEN: 'open-sesame' })
    expect(stdout).toMatch(/^[1-9]\d* passed · no findings · /m)
    expect(front.seen.some(({ token }) => token === 'open-sesame')).toBe(true)
    expect(front.seen.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))).toEqual([])
    expect(stdout + stderr + readFileSync(join(cwd, 'report.json'), 'utf8')).not.toContain('open-sesame')
  })

  it('names the variables that are not set, and calls nobody', async () => {
    const before = front.seen.length
    const cwd = project({ staging: { baseUrl: front.url, headers: { 'X-Api-Token': '${SHOP_TOKEN}' } } })
    const { code, stderr } = await verify(cwd, ['--profile', 'staging'], { SHOP_TOKEN: '' })
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('profiles.staging.headers.X-Api-Token: SHOP_TOKEN is not set'),
    ])
    expect(front.seen).toHaveLength(before)
  })

  it.each([
    ['says so itself', { hostile: true }, []],
    ['gets it on the command line', {}, ['--hostile']],
  ])('sends no attack to production, also where the profile %s', async (_, profile, args) => {
    const cwd = project({ production: { baseUrl: front.url, ...profile } })
    const { code, stderr } = await verify(cwd, ['--profile', 'production', ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining('--hostile is off for the profile production')])
  })

  it.each([
    ['a document', () => [`${shop.url}/openapi.json`]],
    ['an example', () => ['POST', `${shop.url}/publishers`, 'name=Ink']],
  ])('keeps its credentials from %s at another origin', async (_, words) => {
    const cwd = project({ staging: { baseUrl: front.url } })
    const { code, stderr } = await verify(cwd, [...words(), '--profile', 'staging'])
    expect([code, stderr]).toEqual([2, expect.stringContaining(`is not where the profile staging is (${front.url})`)])
  })

  it('judges an example request with the options of the profile', async () => {
    const cwd = project({ local: { baseUrl: shop.url, checks: ['location-present'] } })
    const args = ['POST', `${shop.url}/publishers`, 'name=Ink', '--profile', 'local', '--report', 'json=report.json']
    expect((await verify(cwd, args)).code).toBe(0)
    expect(reportOf(cwd)).toMatchObject({ target: { profile: 'local' }, results: [{ check: 'location-present' }] })
  })

  it('may be left out with the target: then it is the one that the configuration means', async () => {
    const cwd = project({ local: { baseUrl: shop.url, operations: ['createPublisher'], checks: ['location-present'] } })
    expect((await verify(cwd, ['--report', 'json=report.json'])).code).toBe(0)
    expect(reportOf(cwd).target.profile).toBe('local')
  })

  it('judges recorded traffic by its policies, and calls nobody', async () => {
    const recorder = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
    const local = { baseUrl: recorder.url, operations: ['createPublisher'], checks: ['created-status-201'] }
    const cwd = project({ local, later: { baseUrl: recorder.url, checks: ['created-status-201'] } })
    expect((await verify(cwd, ['--profile', 'local', '--report', 'har=traffic.har'])).code).toBe(0)
    // Who would call it now, would meet nobody.
    await recorder.stop()
    const args = ['--har', 'traffic.har', '--profile', 'later', '--report', 'json=report.json']
    const { code, stderr } = await verify(cwd, args)
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('createonce:')])
    expect(reportOf(cwd)).toMatchObject({ target: { profile: 'later' }, results: [{ verdict: 'pass' }] })
  })

  it('is asked for by name where nothing else says what to judge', async () => {
    const { code, stderr } = await verify(temporaryFolder(), [])
    expect([code, stderr]).toEqual([2, expect.stringContaining('--profile NAME has its own')])
  })

  it('needs a configuration', async () => {
    const { code, stderr } = await verify(temporaryFolder(), ['--profile', 'local'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is no createonce.config.ts')])
  })
})
