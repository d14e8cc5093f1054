import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { guidelineNames } from '@createonce/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GUIDELINES } from '../src/commands/verify-flags.ts'
import { createonce, type Running, startCreateonce, temporaryFolder } from './createonce.ts'

let shop: Running

beforeAll(async () => {
  shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
})
afterAll(() => shop.stop())

const only = ['--operation', 'createPublisher']

describe('--guidelines', () => {
  it('has the names that the verifier has', () => {
    expect(GUIDELINES).toEqual(guidelineNames)
  })

  it('finds nothing in the bookshop by the standards, and by those of Zalando what is a matter of choice', async () => {
    const cwd = temporaryFolder()
    const standards = await createonce(['verify', shop.url, ...only, '--report', 'json=rfc.json'], { cwd })
    expect(standards.code).toBe(0)
    const run = await createonce(
      ['verify', shop.url, ...only, '--guidelines', 'zalando', '--report', 'json=z.json', '--report', 'html=z.html'],
      { cwd },
    )
    const report = JSON.parse(readFileSync(join(cwd, 'z.json'), 'utf8'))
    expect(report.guidelines).toEqual({
      name: 'zalando',
      title: 'Zalando RESTful API Guidelines',
      source: 'https://opensource.zalando.com/restful-api-guidelines/',
    })
    const found = report.results.filter(({ verdict }: { verdict: string }) => verdict === 'fail')
    expect(found.map(({ check }: { check: string }) => check)).toContain('zalando-location-absolute')
    expect(found.every(({ check }: { check: string }) => check.startsWith('zalando-'))).toBe(true)
    expect(run.stdout).toContain('by Zalando RESTful API Guidelines')
    expect(readFileSync(join(cwd, 'z.html'), 'utf8')).toContain('<li>by Zalando RESTful API Guidelines</li>')
    expect(JSON.parse(readFileSync(join(cwd, 'rfc.json'), 'utf8')).guidelines.name).toBe('rfc')
  })

  it('refuses a check that the guidelines do not have, and says which they have', async () => {
    const { code, stderr } = await createonce(['verify', shop.url, '--check', 'zalando-invalid-400'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is no check "zalando-invalid-400" by the guidelines rfc; there are: ')
    const replaced = ['--guidelines', 'json-api', '--check', 'problem-details-valid']
    expect((await createonce(['verify', shop.url, ...replaced])).code).toBe(2)
    const skipped = ['--skip-check', 'zalando-invalid-400', '--check', 'location-present', ...only]
    expect((await createonce(['verify', shop.url, ...skipped])).code).toBe(0)
  })

  it('refuses guidelines that nobody knows', async () => {
    const { code, stderr } = await createonce(['verify', shop.url, '--guidelines', 'zalandoo'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/rfc, zalando, json-api/)
  })
})
