import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type HeaderLines, sendRequest } from '../../src/testing/send-request.ts'

// The program of the guide is compiled with the options of a new project of Nest, and run on both platforms.

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const NEST = {
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  isolatedModules: true,
  useDefineForClassFields: true,
}

let folder: string
let running: ChildProcess | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'createonce-nest-guide-'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const page = await readFile(join(ROOT, 'docs/guides/adapters/nest.md'), 'utf8')
  const [, program] = /```ts\n(\/\/ main\.ts[\s\S]*?)```/.exec(page)!
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(join(folder, 'main.ts'), program!)
  await writeFile(join(folder, 'main-fastify.ts'), onFastify(program!))
  const options = { ...NEST, target: 'es2023', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }))
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder])
  expect([status, stdout.toString()]).toEqual([0, ''])
})
afterEach(async () => {
  if (running !== undefined && running.exitCode === null) {
    running.kill()
    await once(running, 'exit')
  }
  running = undefined
})
afterAll(() => rm(folder, { recursive: true }))

function onFastify(program: string): string {
  const start = program.replace('(AppModule, {', '(AppModule, new FastifyAdapter(), {')
  return `import { FastifyAdapter } from '@nestjs/platform-fastify'\n${start}`
}

async function start(file: string): Promise<string> {
  running = spawn(process.execPath, [file], {
    cwd: folder,
    env: { ...process.env, PORT: '0', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: running.stdout! })) {
    const found = /^http:\/\/\S+/.exec(line)
    if (found !== null) return found[0].replace('[::1]', '127.0.0.1')
  }
  throw new Error('The service ended before it listened.')
}

it.each([
  ['Express', 'main.js'],
  ['Fastify', 'main-fastify.js'],
])('the guide shows a service on %s that asks who is calling, and creates once', async (_, file) => {
  const origin = await start(file)
  const json = ['Content-Type', 'application/json'] as const
  expect((await sendRequest(origin, { path: '/orders', headers: [json], body: '{}' })).status).toBe(401)
  const ann: HeaderLines = [['Authorization', 'Bearer secret-of-ann']]
  const headers: HeaderLines = [json, ['Idempotency-Key', 'k1'], ...ann]
  const post = () => sendRequest(origin, { path: '/orders', headers, body: '{"item":"tea"}' })
  const [first, retry] = [await post(), await post()]
  expect([first.status, retry.status, retry.body]).toEqual([201, 201, first.body])
  expect(retry.headers.get('idempotent-replayed')).toEqual(['true'])
  const read = await sendRequest(origin, { method: 'GET', path: first.headers.get('location')![0]!, headers: ann })
  expect([read.status, JSON.parse(read.body)]).toEqual([200, JSON.parse(first.body)])
  const twice = await sendRequest(origin, { path: '/orders', headers, body: '{"item":"a","item":"b"}' })
  expect([twice.status, JSON.parse(twice.body).type]).toEqual([400, '/problems/malformed-body'])
})
