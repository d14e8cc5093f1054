import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningBookshop } from '../../../src/commands/start-bookshop.ts'
import { createonce, startCreateonce } from '../../createonce.ts'
import { send } from '../../send.ts'
import { order, startShop } from './start-shop.ts'

const mine = 'https://app.example.com'
const preflight = (origin: string) => ({
  Origin: origin,
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'content-type, idempotency-key',
})

describe('a service that pages of one origin may call', () => {
  let shop: RunningBookshop
  beforeAll(async () => {
    shop = await startShop({ origins: [mine, 'http://localhost:5173'] })
  })
  afterAll(() => shop.stop())

  it('answers a preflight of that origin, without asking who it is or whether the key is there', async () => {
    const { status, headers } = await send('OPTIONS', `${shop.url}/orders`, { headers: preflight(mine) })
    expect(status).toBe(204)
    expect(headers['access-control-allow-origin']).toBe(mine)
    expect(headers['access-control-allow-credentials']).toBe('true')
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD, POST, PUT, PATCH, DELETE')
    const allowed = headers['access-control-allow-headers']!.toLowerCase().split(', ')
    const needed = ['content-type', 'idempotency-key', 'authorization', 'if-match', 'if-none-match', 'prefer']
    expect(allowed).toEqual(expect.arrayContaining(needed))
    expect(headers.vary).toBe('Origin')
  })

  it('shows a page where the resource is, and whether it is a replay', async () => {
    const creation = { body: order, headers: { Origin: mine, 'Idempotency-Key': 'k1' } }
    await send('POST', `${shop.url}/orders`, creation)
    const { status, headers } = await send('POST', `${shop.url}/orders`, creation)
    expect([status, headers['idempotent-replayed']]).toEqual([201, 'true'])
    const exposed = headers['access-control-expose-headers']!.split(', ')
    expect(exposed).toEqual(expect.arrayContaining(['Location', 'ETag', 'Idempotent-Replayed', 'Retry-After']))
    expect(headers.vary).toBe('Origin')
  })

  it('shows a page what is refused', async () => {
    const refused = await send('POST', `${shop.url}/orders`, { body: order, headers: { Origin: mine } })
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([400, mine])
    const nothing = await send('GET', `${shop.url}/nothing`, { headers: { Origin: mine } })
    expect([nothing.status, nothing.headers['access-control-allow-origin']]).toEqual([404, mine])
  })

  it('allows nothing to another origin, and tells caches that it depends', async () => {
    const strange = 'https://app.example.com.evil.example'
    const asked = await send('OPTIONS', `${shop.url}/orders`, { headers: preflight(strange) })
    const read = await send('GET', `${shop.url}/orders`, { headers: { Origin: strange } })
    for (const { headers } of [asked, read]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(headers.vary).toBe('Origin')
    }
  })

  it('leaves an OPTIONS that is no preflight to the creation', async () => {
    const plain = await send('OPTIONS', `${shop.url}/orders`, { headers: { Origin: mine } })
    expect(plain.headers.allow).toContain('POST')
    expect(plain.headers['access-control-allow-methods']).toBeUndefined()
  })
})

describe('a service that all pages may call', () => {
  it('allows every origin, and never with credentials', async () => {
    const shop = await startShop({ origins: ['*'] })
    const { headers } = await send('GET', `${shop.url}/orders`, { headers: { Origin: 'https://any.example' } })
    await shop.stop()
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-allow-credentials']).toBeUndefined()
  })

  it('gives the verifier nothing to find, which has judged what pages may read', async () => {
    const shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:', '--cors', '*'])
    const args = ['verify', `${shop.url}/openapi.json`, '--require', 'cors-exposes-location']
    const { code, stdout } = await createonce(args)
    await shop.stop()
    expect(stdout).toContain('no findings')
    expect(code).toBe(0)
  })
})

describe('a service that was not told of pages', () => {
  it('says nothing to them', async () => {
    const shop = await startShop()
    const { headers } = await send('GET', `${shop.url}/orders`, { headers: { Origin: mine } })
    await shop.stop()
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-') || name === 'vary')).toEqual([])
  })
})
