import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { sendRequest } from '../../../packages/server/src/testing/send-request.ts'
import { freePort } from '../../../scripts/free-port.mjs'
import { blocksOfGuide } from './blocks-of-guide.ts'

let running: ChildProcess | undefined
afterEach(async () => {
  if (running === undefined || running.exitCode !== null) return
  running.kill()
  await once(running, 'exit')
})

describe('the guide', () => {
  it('shows the code of the example', async () => {
    const sources = await Promise.all(
      ['create-order.mjs', 'receipts.mjs'].map((file) => readFile(new URL(`../${file}`, import.meta.url), 'utf8')),
    )
    const code = sources.join('\n').replaceAll(/^ +/gm, '')
    const shown = (await blocksOfGuide('js')).map((block) => block.replaceAll(/^ +/gm, ''))
    expect(shown).toHaveLength(2)
    for (const block of shown) expect(code).toContain(block)
  })
})

describe('the command', () => {
  it('starts everything, a database included, and prints lines that create an order once and show its one mail', async () => {
    running = spawn(process.execPath, [fileURLToPath(new URL('../start.mjs', import.meta.url))], {
      env: {
        ...process.env,
        DATABASE_URL: '',
        NODE_OPTIONS: '',
        PORT: String(await freePort()),
        MAIL_PORT: String(await freePort()),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: running.stdout! })[Symbol.asyncIterator]()
    const printed: string[] = []
    const until = async (pattern: RegExp): Promise<void> => {
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`It ended after:\n${printed.join('\n')}`)
        printed.push(value as string)
        if (pattern.test(value as string)) return
      }
    }
    await until(/Ctrl-C/)
    const [create, look] = printed.filter((line) => line.includes('curl'))
    const [, origin, key, body] = /^ {2}curl -i (\S+)\/orders .*'Idempotency-Key: (\S+)' -d '(.*)'$/.exec(create!)!
    const headers = [
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', key!],
    ] as const
    const post = () => sendRequest(origin!, { path: '/orders', headers, body: body! })
    const [first, retry] = [await post(), await post()]
    expect([first.status, retry.status, retry.body]).toEqual([201, 201, first.body])
    await until(/Completed task/)
    const [, mailOrigin, path] = /curl (http:\/\/[^/]+)(\/\S+)$/.exec(look!)!
    const mails = JSON.parse((await sendRequest(mailOrigin!, { method: 'GET', path: path! })).body)
    expect(mails).toEqual([expect.objectContaining({ to: JSON.parse(body!).email, asked: 1 })])

    running.kill()
    expect((await once(running, 'exit'))[0]).toBe(0)
  })
})
