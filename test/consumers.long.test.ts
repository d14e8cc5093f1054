import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The package as those get it who install it: packed, unpacked into a project of its own, used by Node and by the
// oldest compiler that we promise.

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PACKAGE = join('node_modules', '@createonce', 'server')

let project: string

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'createonce-consumer-'))
  run('npm', ['pack', '--workspace', 'packages/server', '--pack-destination', project], ROOT)
  const [tarball] = readdirSync(project)
  mkdirSync(join(project, PACKAGE), { recursive: true })
  run('tar', ['-xzf', tarball!, '-C', PACKAGE, '--strip-components=1'])
  write('package.json', JSON.stringify({ private: true, type: 'module' }))
})
afterAll(() => rmSync(project, { recursive: true }))

function run(command: string, args: readonly string[], cwd = project): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? ''}${stdout}${stderr}`)
  return stdout
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(project, name)), { recursive: true })
  writeFileSync(join(project, name), text)
}

/** Puts packages of the workspace beside ours, as an installation would. */
function install(...names: readonly string[]): void {
  for (const name of names) {
    const target = join(project, 'node_modules', name)
    if (existsSync(target)) continue
    mkdirSync(dirname(target), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), target)
  }
}

const manifest = (): { exports: Record<string, unknown>; dependencies?: object } =>
  JSON.parse(readFileSync(join(project, PACKAGE, 'package.json'), 'utf8'))
const codeSubpaths = (): string[] =>
  Object.keys(manifest().exports)
    .filter((subpath) => !/\.(json|yaml)$/.test(subpath))
    .map((subpath) => `@createonce/server${subpath.slice(1)}`)
// What cannot do without the packages of its framework.
const NEEDS_PEERS = ['@createonce/server/nest']
const peerlessSubpaths = (): string[] => codeSubpaths().filter((name) => !NEEDS_PEERS.includes(name))

describe('the package', () => {
  it('brings no dependency, no test and nothing of the build', () => {
    expect(manifest().dependencies).toBeUndefined()
    const files = readdirSync(join(project, PACKAGE), { recursive: true }).map(String)
    expect(files.filter((file) => /(^|\/)(test|node_modules)(\/|$)|tsbuildinfo|\.test\./.test(file))).toEqual([])
  })

  it('has every file that its exports name, with the source that its maps point to', () => {
    const named = JSON.stringify(manifest().exports).match(/\.\/[^"]+\.(?:js|d\.ts)(?=")/g)!
    expect(named.length).toBeGreaterThan(5)
    for (const file of named) expect(existsSync(join(project, PACKAGE, file)), file).toBe(true)
    const maps = readdirSync(join(project, PACKAGE, 'dist'), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.js.map'))
    expect(maps.length).toBeGreaterThan(5)
    for (const file of maps) {
      const map = join(project, PACKAGE, 'dist', file)
      const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }
      for (const source of sources) expect(existsSync(join(dirname(map), source)), source).toBe(true)
    }
  })
})

describe('Node with nothing else installed', () => {
  it('imports every subpath', () => {
    const code = peerlessSubpaths().map((name) => `await import('${name}')`)
    expect(run(process.execPath, ['--input-type=module', '-e', `${code.join('\n')}\nconsole.log('all')`])).toBe('all\n')
  })

  it('requires every subpath from CommonJS', () => {
    write('required/package.json', '{"type":"commonjs"}')
    write(
      'required/index.js',
      `const names = ${JSON.stringify(peerlessSubpaths())}
       for (const name of names) if (Object.keys(require(name)).length === 0) throw new Error(name)
       const { defineCreation, problemCatalogue } = require('@createonce/server')
       console.log(typeof defineCreation, problemCatalogue.overloaded.status, require('@createonce/server/package.json').name)`,
    )
    expect(run(process.execPath, ['required/index.js'])).toBe('function 503 @createonce/server\n')
  })

  it('is told what to install where a subpath needs its framework, by import and by require', () => {
    const [imported, required] = [
      "import('@createonce/server/nest')",
      "(async () => require('@createonce/server/nest'))()",
    ]
    for (const asked of [imported, required]) {
      expect(run(process.execPath, ['-e', `${asked}.catch(({ message }) => console.log(message))`])).toBe(
        '@createonce/server/nest needs the package @nestjs/common, which is not installed: npm install @nestjs/common@12\n',
      )
    }
  })

  it("shares one Nest with an application in CommonJS: its filters know what a creation's method throws", () => {
    install('@nestjs/common', '@nestjs/core', '@nestjs/platform-express', 'rxjs', 'reflect-metadata')
    write(
      'nest-commonjs/index.js',
      `const { CreateonceModule, Creation } = require('@createonce/server/nest')
       const { memoryStore } = require('@createonce/server/memory')
       const { Controller, HttpException, Module, Post } = require('@nestjs/common')
       const { NestFactory } = require('@nestjs/core')
       class Orders {
         create() {
           throw new HttpException('no tea left', 418)
         }
       }
       const method = Object.getOwnPropertyDescriptor(Orders.prototype, 'create')
       const input = { '~standard': { version: 1, vendor: 'consumer', validate: (value) => ({ value }) } }
       const settings = { operation: 'createOrder', input, duplicates: 'allow', idempotency: 'off', location: '/orders/{id}' }
       Creation(settings)(Orders.prototype, 'create', method)
       Post()(Orders.prototype, 'create', method)
       Object.defineProperty(Orders.prototype, 'create', method)
       Controller('orders')(Orders)
       class App {}
       Module({
         imports: [CreateonceModule.forRoot({ store: memoryStore(), principal: 'anybody' })],
         controllers: [Orders],
       })(App)
       NestFactory.create(App, { logger: false }).then(async (app) => {
         await app.listen(0, '127.0.0.1')
         const headers = { 'Content-Type': 'application/json' }
         const answer = await fetch((await app.getUrl()) + '/orders', { method: 'POST', headers, body: '{}' })
         console.log(answer.status, await answer.text())
         await app.close()
       })`,
    )
    write('nest-commonjs/package.json', '{"type":"commonjs"}')
    expect(run(process.execPath, ['nest-commonjs/index.js'])).toBe('418 {"statusCode":418,"message":"no tea left"}\n')
  })

  it('cannot reach what is not exported', () => {
    const code = "import('@createonce/server/dist/creation/handle.js').catch(({ code }) => console.log(code))"
    expect(run(process.execPath, ['-e', code])).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n')
  })

  it('has SQLite built in, or is told which package to install', () => {
    write(
      'sqlite.js',
      `import { sqliteStore } from '@createonce/server/sqlite'
       try {
         const store = await sqliteStore({ file: 'shop.db' })
         console.log('built in', store.version)
         await store.close()
       } catch (error) {
         console.log(error.message)
       }`,
    )
    expect(run(process.execPath, ['sqlite.js'])).toMatch(/^built in 3\.|npm install @photostructure\/sqlite@1/)
  })
})

describe('Node with a peer missing that is used', () => {
  const message = (code: string) => {
    write('peer.js', `try { ${code} } catch (error) { console.log(error.message) }`)
    return run(process.execPath, ['peer.js'])
  }
  const define = (schema: object) =>
    `const { jsonSchema } = await import('@createonce/server/json-schema')
     console.log(jsonSchema(${JSON.stringify(schema)})['~standard'].vendor)`

  it('is told which package to install, and how; what needs none works', () => {
    const format = { type: 'string', format: 'email' }
    expect(message(define({}))).toMatch(/^jsonSchema\(\) needs the package ajv, .* npm install ajv@8\n$/)
    install('ajv')
    expect(message(define({}))).toBe('createonce\n')
    expect(message(define(format))).toMatch(/^A schema with 'format' needs .* npm install ajv-formats@3\n$/)
    install('ajv-formats')
    expect(message(define(format))).toBe('createonce\n')
  })
})

describe('the verifier with its dependencies and nothing else', () => {
  it('imports every subpath that is code', () => {
    const folder = join('node_modules', '@createonce', 'verifier')
    run('npm', ['pack', '--workspace', 'packages/verifier', '--pack-destination', project], ROOT)
    const tarball = readdirSync(project).find((name) => name.startsWith('createonce-verifier'))!
    mkdirSync(join(project, folder), { recursive: true })
    run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
    const { exports, dependencies = {} } = JSON.parse(readFileSync(join(project, folder, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>
      dependencies?: object
    }
    install(...Object.keys(dependencies))
    const names = Object.keys(exports).filter((subpath) => !subpath.endsWith('.json'))
    expect(names).toContain('.')
    const code = names.map((subpath) => `await import('@createonce/verifier${subpath.slice(1)}')`)
    expect(run(process.execPath, ['--input-type=module', '-e', `${code.join('\n')}\nconsole.log('all')`])).toBe('all\n')
  })
})

const CONSUMER = `
import { createServer } from 'node:http'
import fastify from 'fastify'
import {
  type Creation, type CreationEvent, type CreationRequest, type ProblemCode, type Result, type StandardSchema, type Store,
  created, defineCreation, events, existing, exposeHeaders, invalid, parentNotFound, path, problemCatalogue, systemTime,
} from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { jsonSchema } from '@createonce/server/json-schema'
import { type MemoryTransaction, memoryStore } from '@createonce/server/memory'
import { type SqliteStore, type SqliteTransaction, sqliteStore } from '@createonce/server/sqlite'
import { createGate, describeStore, manualTime } from '@createonce/server/testing'

interface Order { readonly id: string; readonly item: string }

const schema: StandardSchema<{ item: string }> = {
  '~standard': { version: 1, vendor: 'consumer', validate: (value) => ({ value: value as { item: string } }) },
}

export async function createOrders(): Promise<Creation> {
  const store: SqliteStore = await sqliteStore({ file: 'shop.db', time: systemTime })
  return defineCreation({
    operation: 'createOrder',
    store,
    principal: (request) => String(request.headers['x-user']),
    input: schema,
    create(input, { tx }): Result<Order> {
      const handle: SqliteTransaction = tx
      const order = { id: '1', item: input.item.trim() }
      handle.prepare('insert into orders (id, item) values (?, ?)').run(order.id, order.item)
      return input.item === '' ? invalid([{ pointer: '/item', detail: 'is empty' }]) : created(order)
    },
    duplicates: { policy: 'return-existing', naturalKey: ['item'], find: (input) => ({ id: '1', item: input.item }) },
    idempotency: { key: 'required', retention: 'P7D' },
    location: (order) => path\`/orders/\${order.id}\`,
  })
}

export const createThing = defineCreation({
  operation: 'createThing',
  store: memoryStore({ time: manualTime() }),
  principal: 'anybody',
  input: schema,
  create: ({ item }, { tx }) => {
    const memory: MemoryTransaction = tx
    memory.insert('things', item, { item })
    return item === 'old' ? existing({ id: item, item }) : item === 'lost' ? parentNotFound('None.') : created({ id: item, item })
  },
  duplicates: { policy: 'reject', naturalKey: ['item'] },
  idempotency: 'optional',
  location: '/things/{id}',
})

const app = fastify()
app.register(createonce)
app.post('/things', toFastify(createThing))

const code: ProblemCode = 'overloaded'
const event: Partial<CreationEvent> = { event: 'creation.created' }
export const seen = [code, event, problemCatalogue[code].title, events, exposeHeaders, createServer, createGate, describeStore]
export type Seen = CreationRequest | Store<unknown>

const ordered = {
  operation: 'orderThing', store: memoryStore(), principal: 'anybody', idempotency: 'off', location: '/things/{id}',
  input: jsonSchema<{ item: string }>({ type: 'object', properties: { item: { type: 'string' } }, required: ['item'] }),
} as const
defineCreation({ ...ordered, create: ({ item }) => created({ id: item }), duplicates: 'allow', serverSet: ['id'] })

// @ts-expect-error The schema takes the item from the client.
defineCreation({ ...ordered, create: ({ item }) => created({ id: item }), duplicates: 'allow', serverSet: ['item'] })

// @ts-expect-error Neither row nor input has a colour.
defineCreation({ ...ordered, create: ({ item }) => created({ id: item }), duplicates: { policy: 'reject', naturalKey: ['colour'] } })

// @ts-expect-error The principal is missing.
defineCreation({ operation: 'x', store: memoryStore(), input: schema, create: () => created({ id: '1' }), duplicates: 'allow', idempotency: 'off', location: '/x/{id}' })
`

const CONTROLLER = `
import { type CreateContext, type StandardSchema, created } from '@createonce/server'
import { type MemoryTransaction, memoryStore } from '@createonce/server/memory'
import { CreateonceModule, Creation } from '@createonce/server/nest'
import { Controller, Module, Post } from '@nestjs/common'

const input: StandardSchema<{ item: string }> = {
  '~standard': { version: 1, vendor: 'consumer', validate: (value) => ({ value: value as { item: string } }) },
}
const settings = { operation: 'createOrder', input, duplicates: 'allow', idempotency: 'off', location: '/orders/{id}' } as const

@Controller('orders')
export class Orders {
  @Post()
  @Creation(settings)
  create({ item }: { item: string }, { tx }: CreateContext<MemoryTransaction>) {
    tx.insert('order', item, { item })
    return created({ id: item, item })
  }

  // @ts-expect-error The schema gives no quantity.
  @Creation(settings)
  other({ quantity }: { quantity: number }) {
    return created({ id: quantity })
  }
}

@Module({
  imports: [CreateonceModule.forRootAsync({ useFactory: () => ({ store: memoryStore(), principal: 'anybody' as const }) })],
  controllers: [Orders],
})
export class App {}
`

describe('TypeScript 5.4', () => {
  const compile = (compilerOptions: object, source = CONSUMER) => {
    install('fastify', '@types/node', 'undici-types')
    write('consumer.ts', source)
    const base = { target: 'es2022', lib: ['es2022'], strict: true, exactOptionalPropertyTypes: true, noEmit: true }
    write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { ...base, types: ['node'], ...compilerOptions }, files: ['consumer.ts'] }),
    )
    run(process.execPath, [join(ROOT, 'node_modules/typescript-5.4/bin/tsc'), '-p', 'tsconfig.json'])
  }

  it.each([
    // In 5.4 nodenext means the same as node16; the two differ only in what later compilers do.
    { module: 'nodenext', moduleResolution: 'nodenext', isolatedModules: true, verbatimModuleSyntax: true },
    { module: 'esnext', moduleResolution: 'bundler' },
  ])('compiles a service on Fastify and both stores, and infers its types: %j', (options) => {
    compile({ ...options, skipLibCheck: true })
  })

  it('compiles a controller of Nest, and infers its types', () => {
    install('@nestjs/common', '@nestjs/core', 'rxjs', 'reflect-metadata')
    const options = { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true }
    compile(
      { ...options, experimentalDecorators: true, emitDecoratorMetadata: true, isolatedModules: true },
      CONTROLLER,
    )
  })

  it('compiles services on Express, Koa and Node alone', () => {
    install('@types/express', '@types/koa')
    const source = `
      import { createServer } from 'node:http'
      import { createServer as createHttp2Server } from 'node:http2'
      import express, { type Request } from 'express'
      import Koa, { type Context } from 'koa'
      import type { Creation } from '@createonce/server'
      import { bodyProblems, keepRawBody, otherMethods, toExpress } from '@createonce/server/express'
      import { toKoa } from '@createonce/server/koa'
      import { creationListener, toNode } from '@createonce/server/node'

      export function serve(anybodys: Creation, expresss: Creation<Request>, koas: Creation<Context>): unknown {
        const app = express().use(express.json({ verify: keepRawBody }))
        app.route('/things').post(toExpress(anybodys)).all(otherMethods(anybodys))
        app.post('/others', toExpress(expresss)).use(bodyProblems({ '/things': anybodys }))
        const answer = toNode(anybodys)
        createServer((request, response) => void answer(request, response))
        return [app, new Koa().use(toKoa(koas)), createServer(creationListener({ '/things': anybodys })), createHttp2Server(answer)]
      }`
    compile({ module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true }, source)
  })

  it('finds no fault in our declarations themselves, which need nothing of Node', () => {
    // Adapters name types of what they adapt to.
    const own = codeSubpaths().filter(
      (name) => !/\/(express|fastify|fetch|hono|koa|nest|node|idempotent\/\w+)$/.test(name),
    )
    const source = own.map((name, index) => `export * as part${index} from '${name}'`).join('\n')
    compile({ module: 'node16', moduleResolution: 'node16', skipLibCheck: false, types: [] }, source)
  })
})
