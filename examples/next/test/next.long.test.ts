/// <reference lib="dom" />
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRequest } from '../../../packages/server/src/testing/send-request.ts'
import { startBrowser } from '../../../packages/verifier/test/report/html/browser.ts'
import { freePort } from '../../../scripts/free-port.mjs'

const browser = await startBrowser()
let running: ChildProcess
let origin: string

beforeAll(async () => {
  running = spawn(process.execPath, [fileURLToPath(new URL('../start.mjs', import.meta.url))], {
    env: { ...process.env, NODE_OPTIONS: '', DATABASE: '', PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: running.stdout! })) {
    const found = /listening on (\S+)/.exec(line)
    if (found) {
      origin = found[1]!
      return
    }
  }
  throw new Error(`It ended with ${running.exitCode} before it listened.`)
})
afterAll(async () => {
  await browser?.close()
  running.kill()
  if (running.exitCode === null) await once(running, 'exit')
})

describe('the example on Next.js', () => {
  it('answers methods that the path does not have with 405 and Allow, and HEAD as GET', async () => {
    for (const method of ['DELETE', 'PATCH', 'PUT']) {
      const answer = await sendRequest(origin, { method, path: '/orders' })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, ['GET, HEAD, POST, OPTIONS']])
    }
    const options = await sendRequest(origin, { method: 'OPTIONS', path: '/orders' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, ['GET, HEAD, POST, OPTIONS']])
    const head = await sendRequest(origin, { method: 'HEAD', path: '/orders' })
    expect([head.status, head.body]).toEqual([200, ''])
  })

  it('takes no body beyond the bound, whether its length is declared or not', async () => {
    for (const isChunked of [true, false]) {
      const headers = [
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', 'large'],
      ] as const
      const body = JSON.stringify({ item: 'x'.repeat(1_048_576), quantity: 1 })
      const answer = await sendRequest(origin, { path: '/orders', headers, body, isChunked })
      expect([answer.status, answer.body]).toEqual([413, expect.stringContaining('/problems/content-too-large')])
    }
  })

  it.skipIf(browser === undefined)('shows one order and a replay where the form is sent twice', async () => {
    const page = await browser!.newPage()
    await page.goto(origin)
    await page.getByRole('button', { name: 'Order' }).click()
    await page.getByRole('button', { name: 'Send the same again' }).click()
    await page.getByText('a replay').waitFor()
    const lines = await page.getByRole('listitem').allTextContents()
    expect(lines).toEqual([
      expect.stringMatching(/^201 \/orders\/[\w-]+ $/),
      `${lines[0]}(the recorded answer: a replay)`,
    ])
    await page.getByText('Orders: 1').waitFor()
  })
})
