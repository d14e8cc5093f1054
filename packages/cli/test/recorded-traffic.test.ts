import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createonce, temporaryFolder } from './createonce.ts'

const exchange = (method: string, path: string, status: number, headers: object[], body: object, at: number) => ({
  startedDateTime: new Date(Date.UTC(2025, 0, 1, 0, 0, at)).toISOString(),
  time: 5,
  request: {
    method,
    // Nobody is there: a request that is sent would be seen as one that fails.
    url: `https://shop.invalid${path}`,
    headers: [],
    ...(method === 'POST' && { postData: { mimeType: 'application/json', text: '{"note":"a teapot"}' } }),
  },
  response: { status, headers, content: { size: 1, text: JSON.stringify(body) } },
})

function har(headers: object[]): string {
  const cwd = temporaryFolder()
  const order = { id: 17, note: 'a teapot' }
  const entries = [
    exchange('POST', '/orders', 201, headers, order, 1),
    exchange('GET', '/orders/17', 200, [], order, 2),
    exchange('GET', '/orders/17', 200, [], order, 3),
  ]
  writeFileSync(join(cwd, 'traffic.har'), JSON.stringify({ log: { entries } }))
  return cwd
}

describe('createonce verify --har', () => {
  it('judges a host that it does not call, and asks nobody for leave', async () => {
    const cwd = har([{ name: 'Location', value: '/orders/17' }])
    const { code, stdout } = await createonce(['verify', '--har', 'traffic.har'], { cwd })
    expect(stdout).toMatch(/0 requests/)
    expect(code).toBe(0)
  })

  it('has the exit code of what it finds', async () => {
    const { code, stdout } = await createonce(['verify', '--har', 'traffic.har'], { cwd: har([]) })
    expect(stdout).toMatch(/warning location-present/)
    expect(code).toBe(1)
  })

  it('takes a document beside it', async () => {
    const cwd = har([])
    const paths = { '/orders': { post: { operationId: 'createOrder', responses: { 201: { description: '' } } } } }
    const info = { title: 'Shop', version: '1' }
    const servers = [{ url: 'http://localhost:3000' }]
    writeFileSync(join(cwd, 'openapi.json'), JSON.stringify({ openapi: '3.1.0', info, servers, paths }))
    const { code, stdout } = await createonce(['verify', 'openapi.json', '--har', 'traffic.har'], { cwd })
    expect(stdout).toMatch(/createOrder/)
    expect(code).toBe(1)
  })

  it('says what is wrong with a file', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'traffic.har'), '{}')
    const broken = await createonce(['verify', '--har', 'traffic.har'], { cwd })
    expect([broken.code, broken.stderr]).toEqual([3, expect.stringMatching(/is no HTTP Archive/)])
    const missing = await createonce(['verify', '--har', 'none.har'], { cwd })
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringMatching(/--har none\.har cannot be read/)])
  })

  it('takes no request beside it', async () => {
    const run = await createonce(['verify', 'POST', 'http://localhost/x', '--har', 'traffic.har'], { cwd: har([]) })
    expect(run.code).toBe(2)
    expect(run.stderr).toMatch(/a request that is to be sent stands beside it/)
  })
})
