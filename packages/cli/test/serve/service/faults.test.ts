import { join } from 'node:path'
import { sqliteStore } from '@createonce/server/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../../src/serve/rows/in-transaction.ts'
import type { Running } from '../../createonce.ts'
import { send } from '../../send.ts'
import { customer, serveShop, shopFolder } from './serve-shop.ts'

const PUBLIC = 'https://api.example.com/shop'

/** A service whose table of customers somebody else has taken away. */
let service: Running
beforeAll(async () => {
  const cwd = shopFolder()
  service = await serveShop(cwd, ['--store', 'sqlite:data.db', '--public-base-url', PUBLIC])
  const made = await send('POST', `${service.url}/customers`, { body: customer('Ada') })
  expect([made.status, made.headers.location]).toEqual([201, `${PUBLIC}/customers/1`])
  const other = await sqliteStore({ file: join(cwd, 'data.db') })
  await inTransaction(other, (tx) => tx.prepare('drop table served_customer').run())
  await other.close()
})
afterAll(async () => {
  await service.stop()
})

describe('a fault outside creations', () => {
  it.each([
    ['a read', 'GET', '/customers/1'],
    ['a list', 'GET', '/customers'],
    ['a change', 'PATCH', '/customers/1'],
    ['a deletion', 'DELETE', '/customers/1'],
  ])('of %s is answered 500 without details, and logged once with the request id', async (_, method, path) => {
    const answer = await send(method, `${service.url}${path}`, method === 'PATCH' ? { body: { tier: 'gold' } } : {})
    const problem = answer.json()
    expect([answer.status, problem.type]).toEqual([500, `${PUBLIC}/problems/internal-error`])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.body).not.toMatch(/served_customer|sqlite|\.js/i)
    const output = await service.said(new RegExp(problem.requestId))
    const lines = output.split('\n').filter((line) => line.includes(problem.requestId))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 50, requestId: problem.requestId, method })
    expect(lines[0]).toContain('served_customer')
  })

  it('has its page where the creations of the service have theirs, as all problems do', async () => {
    const refused = await send('PUT', `${service.url}/customers`, { body: {} })
    expect(refused.json().type).toBe(`${PUBLIC}/problems/method-not-allowed`)
    expect((await send('GET', `${service.url}/problems/method-not-allowed`)).status).toBe(200)
  })
})
