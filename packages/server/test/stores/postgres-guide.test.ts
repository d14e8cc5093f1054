import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRequest } from '../../src/testing/send-request.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

let server: PostgresServer
let folder: string
beforeAll(async () => {
  server = await startPostgres()
  folder = await mkdtemp(join(tmpdir(), 'createonce-guide-'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

describe('the guide', () => {
  it('shows a service that creates once, and remembers after it was killed', async () => {
    const page = await readFile(join(ROOT, 'docs/guides/stores/postgres.md'), 'utf8')
    await writeFile(join(folder, 'service.mjs'), /```js\n(\/\/ service\.mjs[\s\S]*?)```/.exec(page)![1]!)
    const { host, port, user, password, database } = server.config(await server.createDatabase())
    const env = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database }
    const answers = []
    for (let run = 0; run < 2; run++) {
      const service = spawn(process.execPath, ['service.mjs'], {
        cwd: folder,
        env: { ...process.env, ...env, PORT: '0', NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let origin: string | undefined
      for await (const line of createInterface({ input: service.stdout })) {
        origin = /http:\/\/\S+/.exec(line)?.[0].replace('[::1]', '127.0.0.1')
        if (origin !== undefined) break
      }
      const answer = await sendRequest(origin!, {
        path: '/orders',
        headers: [
          ['Content-Type', 'application/json'],
          ['Idempotency-Key', 'k1'],
        ],
        body: '{"item":"tea","quantity":2}',
      })
      const location = answer.headers.get('location')![0]!
      const read = await sendRequest(origin!, { method: 'GET', path: location })
      expect([read.status, JSON.parse(read.body)]).toEqual([200, JSON.parse(answer.body)])
      answers.push(answer)
      service.kill('SIGKILL')
      await once(service, 'exit')
    }
    const [first, retry] = answers
    expect([first!.status, retry!.status, retry!.body]).toEqual([201, 201, first!.body])
    expect([first, retry].map((answer) => answer!.headers.get('idempotent-replayed'))).toEqual([undefined, ['true']])
  })
})
