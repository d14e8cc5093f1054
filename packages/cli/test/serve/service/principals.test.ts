import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'
import { customer, serveShop, shopFile } from './serve-shop.ts'

const SECURED = `security: [{ bearer: [] }]
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
`

/** The shop of two principals; what `--data` brings is Ada's. */
let service: Running
beforeAll(async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'openapi.yaml'), readFileSync(shopFile, 'utf8').replace('components:\n', SECURED))
  writeFileSync(join(cwd, 'data.yaml'), 'customers: [{ name: First, email: first@example.org }]')
  const tokens = ['--token', 'ada=token-of-ada', '--token', 'bob=token-of-bob']
  service = await serveShop(cwd, [...tokens, '--data', 'data.yaml', '--data-principal', 'ada'])
})
afterAll(async () => {
  await service.stop()
})

const as =
  (who: string) =>
  (method: string, path: string, body?: object, headers = {}) =>
    send(method, new URL(path, service.url).href, {
      ...(body !== undefined && { body }),
      headers: { Authorization: `Bearer token-of-${who}`, ...headers },
    })
const ada = as('ada')
const bob = as('bob')

describe('where the document asks who is there', () => {
  it('nobody else is let in: 401 with WWW-Authenticate, as a problem', async () => {
    for (const answer of [await send('GET', `${service.url}/customers`), await as('eve')('POST', '/customers', {})]) {
      expect([answer.status, answer.json().status]).toEqual([401, 401])
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
    }
  })

  it('initial data belongs to whom it was given', async () => {
    expect((await ada('GET', '/customers?name=First')).json()).toHaveLength(1)
    expect((await bob('GET', '/customers?name=First')).json()).toEqual([])
  })

  it('a principal reads, lists, changes and deletes only what is its own', async () => {
    const path = (await ada('POST', '/customers', customer('Own'))).headers.location!
    const seen = await bob('GET', path)
    const changed = await bob('PATCH', path, { tier: 'gold' })
    const deleted = await bob('DELETE', path)
    expect([seen.status, changed.status, deleted.status]).toEqual([404, 404, 404])
    expect((await bob('GET', '/customers?name=Own')).json()).toEqual([])
    expect((await ada('GET', path)).json().tier).toBe('basic')
  })

  it('keys, natural keys and names that clients give are those of a principal', async () => {
    const key = { 'Idempotency-Key': 'one-key-of-two' }
    const first = await ada('POST', '/customers', customer('Same'), key)
    const second = await bob('POST', '/customers', customer('Same'), key)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.headers['idempotent-replayed']).toBeUndefined()
    expect(second.headers.location).not.toBe(first.headers.location)
    const none = { 'If-None-Match': '*' }
    const mine = await ada('PUT', '/coupons/SPRING', { percent: 10 }, none)
    const theirs = await bob('PUT', '/coupons/SPRING', { percent: 20 }, none)
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect((await ada('GET', '/coupons/SPRING')).json().percent).toBe(10)
  })

  it('parents and references of another principal are not there', async () => {
    const { headers, json } = await ada('POST', '/customers', customer('Parent'))
    const address = await bob('POST', `${headers.location}/addresses`, { street: 'Main' })
    const order = await bob('POST', '/orders', { number: '1', customerId: json().id, payment: { card: '4' } })
    expect([address.status, order.status, order.json().errors[0].pointer]).toEqual([404, 400, '/customerId'])
  })
})
