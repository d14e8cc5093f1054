import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltService, buildService } from '../../../src/serve/build-service.ts'
import { toConditions } from '../../../src/serve/conditions/options/to-conditions.ts'
import { createMetrics } from '../../../src/serve/pages/metrics/create-metrics.ts'
import { readContract } from '../../../src/serve/read-contract.ts'
import { openRows } from '../../../src/serve/rows/open-rows.ts'
import { readCredentials } from '../../../src/serve/security/credentials/read-credentials.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'
import { send } from '../../send.ts'
import { schemes } from './serve-secured.ts'

const json = {
  content: { 'application/json': { schema: { type: 'object', properties: { title: { type: 'string' } } } } },
}
const folder = mkdtempSync(join(tmpdir(), 'createonce-secured-'))
let built: BuiltService
let close: () => Promise<void>
let url: string

beforeAll(async () => {
  const file = join(folder, 'openapi.json')
  const paths = {
    ...notes('key', [{ key: [] }]),
    ...notes('mtls', [{ mtls: [] }]),
    ...notes('both', [{ basic: [], bearer: [] }]),
    ...notes('optional', [{}, { key: [] }]),
  }
  const info = { title: 'Notes', version: '1' }
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths, components: { securitySchemes: schemes } }))
  const credentials = readCredentials({ token: ['ada=ada-has-a-token', 'bob=bob-has-another'] }, {})
  const contract = await readContract(file, {}, credentials)
  const rows = await openRows(
    'memory:',
    contract.plan.resources.map(({ table }) => table),
  )
  const security = toSecurity(contract.read.document, credentials)
  built = await buildService({
    contract,
    rows,
    security,
    logs: false,
    conditions: toConditions({ seed: 1 }),
    metrics: createMetrics(),
  })
  await built.app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(built.app.server.address() as AddressInfo).port}`
  close = async () => {
    await built.app.close()
    await rows.close()
  }
})
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

const as = (token: string) => ({ 'X-API-Key': token })
const ada = as('ada-has-a-token')
const bob = as('bob-has-another')

describe('a served document', () => {
  it('gives each principal what it created, and nothing of another', async () => {
    const made = await send('POST', `${url}/key`, { body: { title: 'Mine' }, headers: ada })
    expect(made.status).toBe(201)
    const at = new URL(made.headers.location!, url).href
    const read = async (headers: Readonly<Record<string, string>>) => (await send('GET', at, { headers })).status
    expect([await read(ada), await read(bob), await read({})]).toEqual([200, 404, 401])
  })

  it('refuses before it looks at the body', async () => {
    const { status } = await send('POST', `${url}/key`, { body: '{', headers: { 'Content-Type': 'text/plain' } })
    expect(status).toBe(401)
  })

  it('lets in whoever says nothing where that is allowed, and keeps it apart from what principals have', async () => {
    const made = await send('POST', `${url}/optional`, { body: { title: 'Anybody’s' } })
    expect(made.status).toBe(201)
    const at = new URL(made.headers.location!, url).href
    const read = async (headers: Readonly<Record<string, string>>) => (await send('GET', at, { headers })).status
    expect([await read({}), await read(ada), await read(as('somebody-elses'))]).toEqual([200, 404, 401])
  })

  it('answers 501, and asks for nothing, where nobody could authenticate', async () => {
    for (const [path, why] of [
      ['mtls', 'mutual TLS'],
      ['both', 'one Authorization'],
    ] as const) {
      for (const headers of [{}, ada]) {
        const answer = await send('POST', `${url}/${path}`, { body: {}, headers })
        expect(answer.status).toBe(501)
        expect(answer.json().detail).toContain(why)
      }
    }
  })
})

/** A path that creates and one that reads, with the same security. */
function notes(name: string, security: readonly object[]): object {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
  return {
    [`/${name}`]: { post: { security, requestBody: json, responses: { 201: { description: 'It', ...json } } } },
    [`/${name}/{id}`]: { get: { security, parameters, responses: { 200: { description: 'It', ...json } } } },
  }
}
