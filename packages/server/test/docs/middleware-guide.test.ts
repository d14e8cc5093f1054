import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendRequest, type WireAnswer } from '../../src/testing/send-request.ts'
import { startProvider } from '../stores/payment-provider.ts'
import { hasRedis, startRedis } from '../stores/redis-server.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const page = await readFile(join(ROOT, 'docs/guides/middleware.md'), 'utf8')

describe('the guide to guards', () => {
  let folder: string
  let running: ChildProcess | undefined

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'createonce-guide-'))
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  })
  afterEach(async () => {
    if (running !== undefined && running.exitCode === null && running.signalCode === null) {
      running.kill('SIGKILL')
      await once(running, 'exit')
    }
    running = undefined
    await rm(folder, { recursive: true })
  })

  /** Runs the program of this name as a reader would, and gives the origin that it prints. */
  async function start(name: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const program = page.split('```js\n').find((block) => block.startsWith(`// ${name}`))!
    await writeFile(join(folder, name), program.slice(0, program.indexOf('```')))
    running = spawn(process.execPath, [name], {
      cwd: folder,
      env: { ...process.env, PORT: '0', NODE_OPTIONS: '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    for await (const line of createInterface({ input: running.stdout! })) return line
    throw new Error(`${name} ended before it listened.`)
  }
  const post = (origin: string, path: string, body: object): Promise<WireAnswer> =>
    sendRequest(origin, {
      path,
      headers: [
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', 'k1'],
      ],
      body: JSON.stringify(body),
    })

  it('shows a handler of Express that creates once, also after it was killed', async () => {
    const origin = await start('express.mjs')
    const first = await post(origin, '/orders', { item: 'tea' })
    const read = await sendRequest(origin, { method: 'GET', path: first.headers.get('location')![0]! })
    expect([first.status, read.body]).toEqual([201, first.body])
    running!.kill('SIGKILL')
    await once(running!, 'exit')
    const retry = await post(await start('express.mjs'), '/orders', { item: 'tea' })
    expect([retry.status, retry.body, retry.headers.get('idempotent-replayed')]).toEqual([201, first.body, ['true']])
  })

  it.skipIf(!hasRedis())('shows a handler of Hono that charges once', async () => {
    const [server, provider] = [await startRedis(), await startProvider()]
    try {
      const env = { REDIS_URL: `redis://127.0.0.1:${server.port}`, PROVIDER_URL: provider.url }
      const origin = await start('hono.mjs', env)
      const [first, retry] = [
        await post(origin, '/payments', { amount: 1 }),
        await post(origin, '/payments', { amount: 1 }),
      ]
      expect([first.status, retry.status, retry.body]).toEqual([201, 201, first.body])
      expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])
    } finally {
      await provider.close()
      await server.stop()
    }
  })
})
