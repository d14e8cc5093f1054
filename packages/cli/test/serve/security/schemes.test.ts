import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCredentials } from '../../../src/serve/security/credentials/read-credentials.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'
import { send } from '../../send.ts'
import { secured, serveSecured } from './serve-secured.ts'

const ada = 'ada-has-a-token'
const bob = 'bob-has-another'
const credentials = readCredentials({ token: [`ada=${ada}`, `bob=${bob}`] }, {})
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

const document = secured(
  {
    key: [{ key: [] }],
    query: [{ query: [] }],
    cookie: [{ cookie: [] }],
    swagger: [{ swagger: [] }],
    bearer: [{ bearer: [] }],
    basic: [{ basic: [] }],
    oauth: [{ oauth: ['write'] }],
    oidc: [{ oidc: [] }],
    either: [{ key: [] }, { bearer: [] }],
    both: [{ key: [], bearer: [] }],
    optional: [{}, { key: [] }],
    open: [],
    inherited: undefined,
  },
  [{ bearer: [] }],
)
let shop: Awaited<ReturnType<typeof serveSecured>>
beforeAll(async () => {
  shop = await serveSecured(document, credentials)
})
afterAll(() => shop.close())

const post = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  send('POST', `${shop.url}/${path}`, { body: {}, headers })

describe('a scheme lets in whoever brings a token, as the one it was given for', () => {
  it.each([
    ['key', { 'x-api-key': ada }],
    [`query?api_key=${ada}&page=2`, {}],
    [`query?api%5Fkey=${ada.replace('-', '%2D')}`, {}],
    ['cookie', { Cookie: `theme=dark; session=${ada}; other=1` }],
    ['cookie', { Cookie: `session="${ada}"` }],
    ['swagger', { Authorization: ada }],
    ['swagger', { Authorization: `Token ${ada}` }],
    ['bearer', { Authorization: `bearer ${ada}` }],
    ['basic', { Authorization: basic(`ada:${ada}`) }],
    ['oauth', { Authorization: `Bearer ${ada}` }],
    ['oidc', { Authorization: `Bearer ${ada}` }],
    ['either', { Authorization: `Bearer ${ada}` }],
    ['either', { 'X-API-Key': ada }],
    ['both', { 'X-API-Key': ada, Authorization: `Bearer ${ada}` }],
    ['optional', { 'X-API-Key': ada }],
    ['inherited', { Authorization: `Bearer ${ada}` }],
  ])('%s %o', async (path, headers) => {
    const answer = await post(path, headers as Record<string, string>)
    expect([answer.status, answer.json().principal]).toEqual([201, 'ada'])
    expect(answer.headers['cache-control']).toBe('private')
  })
})

describe('a scheme refuses', () => {
  it.each([
    ['nothing', 'key', {}],
    ['an empty key', 'key', { 'X-API-Key': '' }],
    ['a wrong key', 'key', { 'X-API-Key': 'somebody-elses' }],
    ['a key that only begins like one', 'key', { 'X-API-Key': ada.slice(0, -1) }],
    ['a name in place of a key', 'key', { 'X-API-Key': 'ada' }],
    ['a key in another place', 'key', { Authorization: `Bearer ${ada}` }],
    ['a key that is there twice', `query?api_key=${ada}&api_key=${ada}`, {}],
    ['a cookie that is there twice', 'cookie', { Cookie: `session=${ada}; session=${bob}` }],
    ['a cookie whose name only ends like it', 'cookie', { Cookie: `xsession=${ada}` }],
    ['a token of another scheme', 'bearer', { Authorization: basic(`ada:${ada}`) }],
    ['a bearer without a token', 'bearer', { Authorization: 'Bearer' }],
    ['the password of another name', 'basic', { Authorization: basic(`ada:${bob}`) }],
    ['a name without a password', 'basic', { Authorization: basic('ada') }],
    ['one of two that are asked for', 'both', { 'X-API-Key': ada }],
    ['two that stand for different principals', 'both', { 'X-API-Key': ada, Authorization: `Bearer ${bob}` }],
    [
      'a wrong one beside a right one, where both count',
      'both',
      { 'X-API-Key': ada, Authorization: 'Bearer wrong-token' },
    ],
    ['a wrong one where none is needed', 'optional', { 'X-API-Key': 'somebody-elses' }],
    ['nothing, by the security of the document', 'inherited', {}],
  ])('%s', async (_name, path, headers) => {
    const answer = await post(path, headers as Record<string, string>)
    expect(answer.status).toBe(401)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ type: 'about:blank', title: 'Unauthorized', status: 401 })
    expect(answer.headers['www-authenticate']).toContain('realm="The \\"shop\\""')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('a header that is there twice, whichever of them is right', async () => {
    const { status } = await fetchRaw(`X-API-Key: ${ada}\r\nX-API-Key: ${ada}\r\n`, '/key')
    expect(status).toBe(401)
    expect((await fetchRaw(`X-API-Key: ${ada}\r\n`, '/key')).status).toBe(201)
    const twice = `Authorization: Bearer ${ada}\r\nAuthorization: Bearer ${bob}\r\n`
    expect((await fetchRaw(twice, '/bearer')).status).toBe(401)
  })
})

describe('what is open', () => {
  it.each(['open', 'optional'])('%s lets in whoever says nothing', async (path) => {
    const answer = await post(path)
    expect([answer.status, answer.json().principal]).toEqual([201, '(anybody)'])
  })

  it('is a preflight, before anybody has authenticated', async () => {
    const headers = { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' }
    const { status } = await send('OPTIONS', `${shop.url}/key`, { headers })
    expect(status).toBe(204)
  })
})

describe('a challenge', () => {
  const realm = 'realm="The \\"shop\\""'
  it.each([
    ['bearer', {}, `Bearer ${realm}`],
    ['bearer', { Authorization: 'Bearer wrong' }, `Bearer ${realm}, error="invalid_token"`],
    ['basic', {}, `Basic ${realm}, charset="UTF-8"`],
    ['key', {}, `ApiKey ${realm}, in="header", name="x-api-key"`],
    ['either', {}, `ApiKey ${realm}, in="header", name="x-api-key", Bearer ${realm}`],
  ])('of %s %o', async (path, headers, challenge) => {
    const { headers: answered } = await post(path, headers as Record<string, string>)
    expect(answered['www-authenticate']).toBe(challenge)
  })
})

describe('principals', () => {
  it('have keys of their own: the same one creates for each', async () => {
    const as = (token: string) => post('bearer', { Authorization: `Bearer ${token}`, 'Idempotency-Key': 'same' })
    const [first, other, again] = [await as(ada), await as(bob), await as(ada)]
    expect([first.status, other.status, again.status]).toEqual([201, 201, 201])
    expect([first.json().principal, other.json().principal]).toEqual(['ada', 'bob'])
    expect(again.json().id).toBe(first.json().id)
    expect(again.headers['idempotent-replayed']).toBe('true')
  })
})

describe('secrets', () => {
  it('are in no log and in no problem', async () => {
    const wrong = 'a-wrong-secret-of-mine'
    const answers = [
      await post(`query?api_key=${ada}`),
      await post(`query?api_key=${wrong}`),
      await post('key', { 'X-API-Key': wrong }),
      await post('bearer', { Authorization: `Bearer ${wrong}` }),
      await post('both', { 'X-API-Key': ada, Authorization: `Bearer ${bob}` }),
    ]
    const log = shop.log()
    expect(log).toContain('/query?api_key=***')
    for (const secret of [ada, bob, wrong]) {
      expect(log).not.toContain(secret)
      for (const { body } of answers) expect(body).not.toContain(secret)
    }
  })
})

describe('what cannot be checked', () => {
  const security = toSecurity(document, credentials)
  const why = (...requirements: unknown[]) => security.whyNot({ raw: { security: requirements } })

  it('is said by operation', () => {
    expect(why({ mtls: [] })).toContain('mutual TLS')
    expect(why({ digest: [] })).toContain('neither bearer nor basic')
    expect(why({ missing: [] })).toContain('missing is not declared')
    expect(why({ toString: [] })).toContain('toString is not declared')
    expect(why({ key: [], mtls: [] })).toContain('mutual TLS')
    expect(why('key')).toContain('no object')
    expect(security.whyNot({ raw: { security: 'key' } })).toContain('no list')
  })

  it('matters only where there is no other way in', () => {
    expect(why({ mtls: [] }, { key: [] })).toBeUndefined()
    expect(why({ mtls: [] }, {})).toBeUndefined()
    expect(why()).toBeUndefined()
  })

  it('opens nothing, and leaves the other ways', async () => {
    const served = await serveSecured(
      secured({ only: [{ mtls: [] }], beside: [{ key: [], mtls: [] }], or: [{ mtls: [] }, { key: [] }], odd: 'key' }),
      credentials,
    )
    const asked = (path: string) => send('POST', `${served.url}/${path}`, { body: {}, headers: { 'X-API-Key': ada } })
    const statuses = []
    for (const path of ['only', 'beside', 'or', 'odd']) statuses.push((await asked(path)).status)
    await served.close()
    expect(statuses).toEqual([401, 401, 201, 401])
  })
})

/** A request as it is written, because clients send no header line twice. */
async function fetchRaw(lines: string, path: string): Promise<{ readonly status: number }> {
  const { hostname, port } = new URL(shop.url)
  const socket = connect(Number(port), hostname)
  socket.end(
    `POST ${path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n${lines}\r\n{}`,
  )
  let text = ''
  for await (const chunk of socket.setEncoding('utf8')) text += chunk
  return { status: Number(text.split(' ')[1]) }
}
