import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type Client, createClient } from '../../src/http/client.ts'
import { cleanUp } from '../../src/run/clean-up.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Serves these paths; DELETE of an account takes along what `cascades` says of the paths below it. */
async function serve(paths: readonly string[], cascades: (path: string) => boolean): Promise<[Client, string]> {
  const there = new Set(paths)
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (!there.has(path)) return response.writeHead(404).end()
    if (request.method === 'GET') return response.writeHead(200).end()
    if (request.method !== 'DELETE' || path.includes('/deposits/')) return response.writeHead(405).end()
    for (const one of there) if (one === path || (one.startsWith(`${path}/`) && cascades(one))) there.delete(one)
    return response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createClient({ origin })
  closers.push(() => {
    client.close()
    server.close()
  })
  return [client, origin]
}

const account = (url: string) => ({ creation: 'createAccount', url, depth: 0, exchange: 1, removable: true })
const deposit = (url: string) => ({ creation: 'createDeposit', url, depth: 1, exchange: 2, removable: false })

it('does not name what was deleted with its parent', async () => {
  const [client, origin] = await serve(['/accounts/1', '/accounts/1/deposits/1'], () => true)
  const made = [account(`${origin}/accounts/1`), deposit(`${origin}/accounts/1/deposits/1`)]
  expect(await cleanUp(client, { made })).toEqual([])
})

it('names what outlives its parent', async () => {
  const [client, origin] = await serve(['/accounts/1', '/accounts/1/deposits/1'], () => false)
  const made = [account(`${origin}/accounts/1`), deposit(`${origin}/accounts/1/deposits/1`)]
  expect(await cleanUp(client, { made })).toEqual([`${origin}/accounts/1/deposits/1`])
})

it('names what cannot be deleted below a parent that it did not delete, though its URL cannot be read', async () => {
  const [client, origin] = await serve(['/accounts/1', '/accounts/10'], () => true)
  const made = [account(`${origin}/accounts/1`), deposit(`${origin}/accounts/10/deposits/1`)]
  expect(await cleanUp(client, { made })).toEqual([`${origin}/accounts/10/deposits/1`])
})
