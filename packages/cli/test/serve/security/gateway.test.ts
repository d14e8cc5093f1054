import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCredentials } from '../../../src/serve/security/credentials/read-credentials.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'
import { type Answer, read, send } from '../../send.ts'
import { secured, serveSecured } from './serve-secured.ts'

const credentials = readCredentials({ principalHeader: 'X-Forwarded-User' }, {})
const document = secured({ key: [{ key: [] }], mtls: [{ mtls: [] }], optional: [{ key: [] }, {}], open: [] })
let shop: Awaited<ReturnType<typeof serveSecured>>
beforeAll(async () => {
  shop = await serveSecured(document, credentials)
})
afterAll(() => shop.close())

const post = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  send('POST', `${shop.url}/${path}`, { body: {}, headers })

describe('behind a gateway', () => {
  it.each(['key', 'mtls', 'optional'])('the header names the principal of %s, whatever the scheme', async (path) => {
    const answer = await post(path, { 'x-forwarded-user': 'ada@example.org' })
    expect([answer.status, answer.json().principal]).toEqual([201, 'ada@example.org'])
    expect(toSecurity(document, credentials).whyNot({ raw: document.paths[`/${path}`]!.post })).toBeUndefined()
  })

  it.each([
    ['key', {}],
    ['key', { 'X-Forwarded-User': ' ' }],
    ['key', { 'X-Forwarded-User': 'a'.repeat(513) }],
    ['key', { 'X-API-Key': 'ada' }],
    ['mtls', {}],
  ])('%s is refused without it: %o', async (path, headers) => {
    const answer = await post(path, headers as Record<string, string>)
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^(ApiKey|Bearer) realm="/)
  })

  it('a header that is there twice is refused, because one may be the client’s', async () => {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const headers = { 'X-Forwarded-User': ['ada', 'ada'], 'Content-Type': 'application/json' }
      const request = http.request(`${shop.url}/key`, { method: 'POST', agent: false, headers }, (response) =>
        resolve(read(response)),
      )
      request.on('error', reject).end('{}')
    })
    expect([answer.status, answer.json().detail]).toEqual([
      401,
      'The header that names the principal is there more than once.',
    ])
  })

  it.each(['optional', 'open'])('%s lets in whoever is nobody', async (path) => {
    const answer = await post(path)
    expect([answer.status, answer.json().principal]).toEqual([201, '(anybody)'])
  })
})
