import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createonce, type Running } from '../../createonce.ts'
import { send } from '../../send.ts'
import { customer, serveShop, shopFile, shopFolder } from './serve-shop.ts'

const shop = readFileSync(shopFile, 'utf8')
const withPhone = shop.replace('tier: {', "phone: { type: [string, 'null'] }\n        tier: {")
const withNaturalKey = shop.replace('naturalKey: [email], duplicates: reject', 'naturalKey: [name], duplicates: reject')
const without = shop.replaceAll('/customers', '/clients')

async function served<T>(cwd: string, text: string, use: (service: Running) => Promise<T>): Promise<T> {
  writeFileSync(join(cwd, 'openapi.yaml'), text)
  const service = await serveShop(cwd)
  try {
    return await use(service)
  } finally {
    await service.stop()
  }
}

const create = (service: Running, body: object) => send('POST', `${service.url}/customers`, { body })
const read = (service: Running) => send('GET', `${service.url}/customers/1`)

describe('over a restart with another document, what was created is there', () => {
  it('with a member more, which can be set from then on', async () => {
    const cwd = shopFolder()
    await served(cwd, shop, (service) => create(service, customer('Ada')))
    await served(cwd, withPhone, async (service) => {
      expect((await read(service)).json()).toMatchObject(customer('Ada'))
      const patched = await send('PATCH', `${service.url}/customers/1`, { body: { phone: '1' } })
      expect([patched.status, patched.json().phone]).toEqual([200, '1'])
    })
  })

  it('with another natural key, which holds for what was there before; two that it makes one stop the start', async () => {
    const cwd = shopFolder()
    await served(cwd, shop, (service) => create(service, customer('Ada')))
    await served(cwd, withNaturalKey, async (service) => {
      const again = await create(service, { ...customer('Ada'), email: 'other@example.org' })
      expect([again.status, again.json().fields]).toEqual([409, ['name']])
      const other = await create(service, { ...customer('Ada'), name: 'Eve' })
      expect(other.status).toBe(201)
    })
    // Ada and Eve have one address.
    writeFileSync(join(cwd, 'openapi.yaml'), shop)
    const { code, stderr } = await createonce(['serve', 'openapi.yaml', '--port', '0'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/natural key .* is now email, and rows that exist are the same one by it/)
    await served(cwd, withNaturalKey, async (service) => expect((await read(service)).status).toBe(200))
  })

  it('when its collection comes back after a document without it', async () => {
    const cwd = shopFolder()
    await served(cwd, shop, (service) => create(service, customer('Ada')))
    await served(cwd, without, async (service) => expect((await read(service)).status).toBe(404))
    await served(cwd, shop, async (service) => expect((await read(service)).json()).toMatchObject(customer('Ada')))
  })
})

describe('--watch', () => {
  it('serves a changed document, keeps the old one where the new one is broken, and everything that was created', async () => {
    const cwd = shopFolder()
    const service = await serveShop(cwd, ['--watch'])
    await create(service, customer('Ada'))
    writeFileSync(join(cwd, 'openapi.yaml'), 'openapi: 3.1.0\npaths: [\n')
    const said = await service.said(/cannot be served; what was served before still is\. .*$/m)
    expect(said).toMatch(/still is\. .* at line \d+/)
    expect((await read(service)).status).toBe(200)
    writeFileSync(join(cwd, 'openapi.yaml'), withPhone)
    await service.said(/served anew/)
    const document = await send('GET', `${service.url}/openapi.json`)
    expect(document.json().components.schemas.Customer.properties).toHaveProperty('phone')
    expect((await read(service)).json()).toMatchObject(customer('Ada'))
    expect((await service.stop()).code).toBe(0)
  })
})
