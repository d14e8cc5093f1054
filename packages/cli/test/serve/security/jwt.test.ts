import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Credentials } from '../../../src/serve/security/credentials/credentials.ts'
import { readCredentials } from '../../../src/serve/security/credentials/read-credentials.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'
import { send } from '../../send.ts'
import { secured, serveSecured } from './serve-secured.ts'

const now = new Date('2026-05-01T12:00:00Z')
const seconds = now.getTime() / 1_000
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const second = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const ed = generateKeyPairSync('ed25519')

const folder = mkdtempSync(join(tmpdir(), 'createonce-jwks-'))
const file = join(folder, 'jwks.json')
const document = secured({
  bearer: [{ bearer: ['role'] }],
  write: [{ oauth: ['write', 'read'] }],
  swagger: [{ swagger: [] }],
  key: [{ key: [] }],
})
let shop: Awaited<ReturnType<typeof serveSecured>>
let strict: Awaited<ReturnType<typeof serveSecured>>

beforeAll(async () => {
  const keys = await Promise.all([ec, second, rsa, ed].map(({ publicKey }) => exportJWK(publicKey)))
  // Two EC keys without an id, which fit the same tokens; and one that verifies nothing here.
  writeFileSync(file, JSON.stringify({ keys: [...keys, { kty: 'NEW', crv: 'of tomorrow' }] }))
  const surroundings = { now: () => now }
  shop = await serveSecured(document, readCredentials({ jwks: file, token: ['ada=ada-has-a-token'] }, {}, surroundings))
  const named = { jwks: file, jwtIssuer: 'https://id.example', jwtAudience: 'shop' }
  strict = await serveSecured(document, readCredentials(named, {}, surroundings))
})
afterAll(async () => {
  await shop.close()
  await strict.close()
  rmSync(folder, { recursive: true })
})

const claims = { iss: 'https://id.example', sub: 'ada', exp: seconds + 60 }

function sign(payload: JWTPayload, alg = 'ES256', key: KeyObject = ec.privateKey): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg }).sign(key)
}

async function post(token: string, path = 'bearer', to = shop) {
  const answer = await send('POST', `${to.url}/${path}`, { body: {}, headers: { Authorization: `Bearer ${token}` } })
  return { ...answer, principal: answer.status === 201 ? answer.json().principal : undefined }
}

describe('a JSON Web Token that a key of the set has signed', () => {
  it.each([
    ['ES256', ec.privateKey],
    ['ES256', second.privateKey],
    ['RS256', rsa.privateKey],
    ['PS512', rsa.privateKey],
    ['EdDSA', ed.privateKey],
  ])('lets in by %s, as the subject of its issuer', async (alg, key) => {
    const { status, principal } = await post(await sign(claims, alg, key))
    expect([status, principal]).toEqual([201, 'https://id.example|ada'])
  })

  it('works where a document calls the header Authorization an API key', async () => {
    expect((await post(await sign(claims), 'swagger')).status).toBe(201)
  })

  it('is no API key', async () => {
    const headers = { 'X-API-Key': await sign(claims) }
    expect((await send('POST', `${shop.url}/key`, { body: {}, headers })).status).toBe(401)
  })

  it('is all that there is where no static token is given, so that an API key could not be fulfilled', () => {
    const whyNot = (credentials: Credentials, ...requirements: object[]) =>
      toSecurity(document, credentials).whyNot({ raw: { security: requirements } })
    const alone = readCredentials({ jwks: file }, {})
    for (const name of ['key', 'query', 'cookie', 'basic'])
      expect(whyNot(alone, { [name]: [] })).toContain('add --token')
    expect(whyNot(alone, { bearer: [], key: [] })).toContain('add --token')
    for (const name of ['bearer', 'oauth', 'oidc', 'swagger']) expect(whyNot(alone, { [name]: [] })).toBeUndefined()
    expect(whyNot(alone, { key: [] }, { bearer: [] })).toBeUndefined()
    expect(whyNot(readCredentials({ jwks: file, token: ['ada=ada-has-a-token'] }, {}), { key: [] })).toBeUndefined()
  })

  it('stands beside static tokens', async () => {
    expect((await post('ada-has-a-token')).principal).toBe('ada')
  })

  it.each([
    [
      { iss: 'https://a', sub: 'b|c' },
      { iss: 'https://a|b', sub: 'c' },
    ],
    [
      { iss: 'https://a', sub: 'ada' },
      { iss: 'https://b', sub: 'ada' },
    ],
    [{ sub: 'ada' }, { iss: '%7C', sub: 'ada' }],
    [
      { iss: '%7C', sub: 'ada' },
      { iss: '|', sub: 'ada' },
    ],
  ])('never shares a principal with that of another issuer: %o %o', async (one, other) => {
    const of = async (payload: JWTPayload) => (await post(await sign({ ...payload, exp: claims.exp }))).principal
    const [first, second] = [await of(one), await of(other)]
    expect([typeof first, typeof second]).toEqual(['string', 'string'])
    expect(first).not.toBe(second)
  })
})

describe('a JSON Web Token is refused', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['signed by another key', () => sign(claims, 'ES256', stranger.privateKey), 'not valid here'],
    [
      'changed',
      async () => `${(await sign(claims)).replace(/\.[^.]+\./, `.${encode({ ...claims, sub: 'bob' })}.`)}`,
      'not valid here',
    ],
    ['expired', () => sign({ ...claims, exp: seconds - 6 }), 'has expired'],
    ['too early', () => sign({ ...claims, nbf: seconds + 6 }), 'not valid yet'],
    ['that never expires', () => sign({ iss: 'https://id.example', sub: 'ada' }), 'not valid here'],
    ['without a subject', () => sign({ exp: claims.exp }), 'not valid here'],
    ['with an empty subject', () => sign({ ...claims, sub: '' }), 'who it is for'],
    ['with a subject that no database keeps', () => sign({ ...claims, sub: 'a\0da' }), 'who it is for'],
    ['with a subject that is too long', () => sign({ ...claims, sub: 'a'.repeat(256) }), 'who it is for'],
    ['with a critical extension that is not known', () => withCritical(), 'not valid here'],
    ['without a signature', async () => `${encode({ alg: 'none' })}.${encode(claims)}.`, 'not valid here'],
    ['signed with the public key as a secret', async () => forged(), 'not valid here'],
    ['that is none', async () => 'a.b.c', 'not valid here'],
  ])('%s', async (_name, token, said) => {
    const text = await token()
    const answer = await post(text)
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="The \\"shop\\"", error="invalid_token"',
    ])
    expect(answer.json().detail).toContain(said)
    expect(answer.body + shop.log()).not.toContain(text)
  })

  it('a few seconds beyond its time not yet: clocks differ', async () => {
    expect((await post(await sign({ ...claims, exp: seconds - 4, nbf: seconds + 4 }))).status).toBe(201)
  })

  it('of another issuer, and for another audience, where they are named', async () => {
    const as = async (payload: JWTPayload) =>
      (await post(await sign({ ...claims, ...payload }), 'bearer', strict)).status
    expect(await as({ aud: 'shop' })).toBe(201)
    expect(await as({ aud: ['else', 'shop'] })).toBe(201)
    expect(await as({})).toBe(401)
    expect(await as({ aud: 'else' })).toBe(401)
    expect(await as({ aud: 'shop', iss: 'https://id.example.evil' })).toBe(401)
  })
})

describe('scopes that an operation asks for', () => {
  it.each([[{ scope: 'read write other' }], [{ scp: ['write', 'read'] }], [{ scp: 'write read' }]])(
    'are in %o',
    async (payload) => {
      expect((await post(await sign({ ...claims, ...payload }), 'write')).status).toBe(201)
    },
  )

  it.each([[{ scope: 'read' }], [{ scope: 'read writes' }], [{ scp: ['read write'] }], [{}], [{ scope: 7 }]])(
    'are not in %o',
    async (payload) => {
      const answer = await post(await sign({ ...claims, ...payload }), 'write')
      expect(answer.status).toBe(403)
      expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope", scope="')
      expect(answer.json()).toMatchObject({ title: 'Forbidden', status: 403 })
      expect(answer.json().detail).toContain('write')
    },
  )

  it('are not asked of a static token, which may do everything', async () => {
    expect((await post('ada-has-a-token', 'write')).status).toBe(201)
  })

  it('are roles elsewhere, which a document leaves to the service', async () => {
    expect((await post(await sign(claims), 'bearer')).status).toBe(201)
  })
})

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function withCritical(): Promise<string> {
  const header = { alg: 'ES256', crit: ['https://new.example'], 'https://new.example': true }
  return new SignJWT(claims).setProtectedHeader(header).sign(ec.privateKey, { crit: { 'https://new.example': true } })
}

function forged(): string {
  const text = `${encode({ alg: 'HS256' })}.${encode(claims)}`
  const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' })
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
