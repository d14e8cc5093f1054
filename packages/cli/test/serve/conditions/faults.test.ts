import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../../src/serve/conditions/faults.ts'
import { startCreateonce } from '../../createonce.ts'
import { type Answer, send } from '../../send.ts'
import { createRetrying } from './create-retrying.ts'
import { order, startShop } from './start-shop.ts'

async function listed(url: string): Promise<{ id: string }[]> {
  const items = []
  for (let page = `${url}/orders`; ; ) {
    const { items: some, next } = (await send('GET', page)).json()
    items.push(...some)
    if (next === undefined) return items
    page = `${url}${next}`
  }
}

async function fates(url: string, count: number): Promise<string[]> {
  const seen = []
  for (let n = 0; n < count; n += 1) {
    const fate = await send('POST', `${url}/orders`, { body: order, headers: { 'Idempotency-Key': `k${n}` } }).then(
      ({ status, json }) => (status === 201 ? '201' : `${status} ${json().type}`),
      (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
    )
    seen.push(fate)
  }
  return seen
}

describe('faults that are injected', () => {
  it('leave one resource for each creation of clients that retry with the same key', async () => {
    const shop = await startShop({ faultShare: 0.4 })
    const attempts: string[] = []
    const answers: Answer[] = []
    // Ten clients side by side, each one creation after the other.
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let n = 0; n < 20; n += 1) answers.push(await createRetrying(`${shop.url}/orders`, order, attempts))
      }),
    )
    const orders = await listed(shop.url)
    await shop.stop()

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(201))
    expect(orders).toHaveLength(200)
    expect(new Set(answers.map(({ json }) => json().id))).toEqual(new Set(orders.map(({ id }) => id)))
    // All kinds were met: without them this would show nothing.
    expect(new Set(attempts)).toEqual(new Set(['201', '500', '503', 'ECONNRESET']))
    // What was dropped after the commit is answered from the record.
    expect(answers.some(({ headers }) => headers['idempotent-replayed'] === 'true')).toBe(true)
  })

  it('would leave two where a client takes a new key for its retry: the connection is dropped after the commit, too', async () => {
    const shop = await startShop({ faultShare: 0.4 })
    let created = 0
    while (created < 20) {
      const headers = { 'Idempotency-Key': randomUUID() }
      const answer = await send('POST', `${shop.url}/orders`, { body: order, headers }).catch(() => undefined)
      if (answer?.status === 201) created += 1
    }
    const orders = await listed(shop.url)
    await shop.stop()
    expect(orders.length).toBeGreaterThan(created)
  })

  it('are the same ones again with the same seed, and others with another', async () => {
    const runs = []
    for (const seed of [7, 7, 8]) {
      const shop = await startShop({ faultShare: 0.5, seed })
      runs.push(await fates(shop.url, 40))
      await shop.stop()
    }
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).not.toEqual(runs[0])
  })

  it('answer problems of the catalogue, and say when to come again', async () => {
    const shop = await startShop({ faultShare: 1 })
    const answers = new Map<string, Answer>()
    while (answers.size < 3) {
      const answer = await send('POST', `${shop.url}/orders`, { body: order }).catch(() => undefined)
      if (answer !== undefined) answers.set(answer.json().type, answer)
    }
    const pages = await Promise.all([...answers.keys()].map((type) => send('GET', `${shop.url}${type}`)))
    await shop.stop()
    expect([...answers].map(([type, { status, headers }]) => [type, status, headers['retry-after']]).sort()).toEqual([
      ['/problems/internal-error', 500, undefined],
      ['/problems/overloaded', 503, '1'],
      ['/problems/store-unavailable', 503, '1'],
    ])
    for (const { headers, body } of answers.values()) {
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(JSON.parse(body)).toMatchObject({ requestId: expect.any(String), detail: expect.any(String) })
    }
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('lead to the pages of the public address, where there is one', async () => {
    const shop = await startShop({ faultShare: 1, publicBaseUrl: 'https://shop.example/api/' })
    let answer: Answer | undefined
    while (answer === undefined)
      answer = await send('POST', `${shop.url}/orders`, { body: order }).catch(() => undefined)
    await shop.stop()
    expect(answer.json().type).toMatch(/^https:\/\/shop\.example\/api\/problems\/[a-z-]+$/)
  })

  it('spare reads, what is not there, and what watches the service', async () => {
    const shop = await startShop({ faultShare: 1 })
    const paths = ['/orders', '/openapi.json', '/health/live', '/health/ready']
    const read = await Promise.all(paths.map((path) => send('GET', shop.url + path)))
    const missing = await send('POST', `${shop.url}/nothing`)
    await shop.stop()
    expect(read.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(missing.status).toBe(404)
  })

  it('meet deletions as well', async () => {
    const shop = await startShop({ faultShare: 1 })
    const deleted = await send('DELETE', `${shop.url}/orders/1`).then(
      ({ status }) => status,
      () => 'dropped',
    )
    await shop.stop()
    expect(deleted).not.toBe(404)
  })

  it('are told at the start, with the seed, and each in the log with its request', async () => {
    const shop = await startCreateonce([
      ...['serve', '--port', '0', '--store', 'memory:', '--fault', '100%', '--seed', '3'],
    ])
    const seen = await fates(shop.url, 10)
    const { stdout, code } = await shop.stop()
    expect(stdout).toMatch(/^faults are injected into 100% of the writes \(--seed 3\)$/m)
    expect(code).toBe(0)
    const lines = stdout.split('\n').filter((line) => line.includes('"fault.injected"'))
    const logged = lines.map((line) => JSON.parse(line))
    expect(logged).toHaveLength(10)
    for (const line of logged) expect(line).toMatchObject({ fault: expect.any(String), requestId: expect.any(String) })
    expect(new Set(logged.map(({ requestId }) => requestId)).size).toBe(10)
    const wire = logged.map(({ fault }) => (String(fault).startsWith('dropped') ? 'ECONNRESET' : String(fault)))
    expect(seen.map((fate) => fate.replace(/^.*\//, ''))).toEqual(wire)
    expect(faultKinds).toEqual(expect.arrayContaining(logged.map(({ fault }) => fault)))
  })
})
