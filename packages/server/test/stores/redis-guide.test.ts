import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RedisSettings } from '../../src/stores/redis.ts'
import { sendRequest } from '../../src/testing/send-request.ts'
import { tableRows } from '../docs/table-rows.ts'
import { type PaymentProvider, startProvider } from './payment-provider.ts'
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const page = await readFile(join(ROOT, 'docs/guides/stores/redis.md'), 'utf8')

describe.skipIf(!hasRedis())('the guide', () => {
  let server: RedisServer
  let provider: PaymentProvider
  let folder: string
  beforeAll(async () => {
    server = await startRedis()
    provider = await startProvider()
    folder = await mkdtemp(join(tmpdir(), 'createonce-guide-'))
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(async () => {
    await provider.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  it('shows a service that says what it is worth, charges once, and remembers after it was killed', async () => {
    await writeFile(join(folder, 'service.mjs'), /```js\n(\/\/ service\.mjs[\s\S]*?)```/.exec(page)![1]!)
    const env = { REDIS_URL: `redis://127.0.0.1:${server.port}`, PROVIDER_URL: provider.url }
    const answers = []
    for (let run = 0; run < 2; run++) {
      const service = spawn(process.execPath, ['service.mjs'], {
        cwd: folder,
        env: { ...process.env, ...env, PORT: '0', NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      let origin: string | undefined
      for await (const line of createInterface({ input: service.stdout })) {
        said += line
        origin = /http:\/\/\S+/.exec(line)?.[0].replace('[::1]', '127.0.0.1')
        if (origin !== undefined) break
      }
      expect(said).toContain('atMostOnce: true')
      const answer = await sendRequest(origin!, {
        path: '/payments',
        headers: [
          ['Content-Type', 'application/json'],
          ['Idempotency-Key', 'k1'],
        ],
        body: '{"amount":5}',
      })
      answers.push([answer.status, answer.headers.get('location'), answer.headers.get('idempotent-replayed')])
      service.kill('SIGKILL')
      await once(service, 'exit')
    }
    expect(answers).toEqual([
      [201, ['/payments/charge-1'], undefined],
      [201, ['/payments/charge-1'], ['true']],
    ])
    expect(provider.asked).toHaveLength(1)
  })
})

describe('the options of the guide', () => {
  it('are those of the store, each with its default', async () => {
    // The compiler keeps this list complete: an option more or less does not compile.
    const options: Record<keyof Omit<RedisSettings, 'time' | 'random' | 'redisNow'>, true> = {
      prefix: true,
      leaseMs: true,
      holdMs: true,
      answerMs: true,
      settleMs: true,
      observe: true,
    }
    const source = await readFile(new URL('../../src/stores/redis/settings.ts', import.meta.url), 'utf8')
    const defaults = [...source.matchAll(/@default (.*)\n[\s\S]*?readonly (\w+)\?/g)].map(([, value, name]) => [
      name,
      value,
    ])
    const documented = tableRows(page, 'option')
      .slice(1, -1)
      .map(([name, value]) => [name!.replaceAll('`', ''), value!.replaceAll('`', '')])
    expect(documented).toEqual(defaults)
    expect(documented.map(([name]) => name)).toEqual(Object.keys(options))
  })
})
