import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  ConflictException,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  HttpCode,
  Inject,
  Injectable,
  type NestInterceptor,
  Param,
  ParseIntPipe,
  Post,
  RequestTimeoutException,
  Scope,
  SetMetadata,
  type Type,
  UseGuards,
  UseInterceptors,
  VersioningType,
} from '@nestjs/common'
import { HttpAdapterHost, Reflector } from '@nestjs/core'
import { map, type Observable } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CreateonceModule, type CreateonceModuleOptions, Creation, nestLog } from '../../../src/adapters/nest.ts'
import { type CreateContext, type CreationRequest, created, defineCreation, type Result } from '../../../src/index.ts'
import { type MemoryTransaction, memoryStore } from '../../../src/stores/memory.ts'
import { createGate } from '../../../src/testing/gate.ts'
import { type HeaderLines, sendRequest, type WireRequest } from '../../../src/testing/send-request.ts'
import { openSqlite } from '../../stores/open-sqlite.ts'
import { type NestOptions, startNest } from './start-nest.ts'

// What a developer of Nest expects of a route, held for a creation, on both platforms.

interface Authenticated {
  readonly user: { readonly id: string }
}
type Context = CreateContext<MemoryTransaction, Authenticated>

const input = z.strictObject({ item: z.string().min(1) })
const settings = {
  operation: 'createOrder',
  input,
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/orders/{id}',
} as const

@Injectable()
class Stock {
  readonly taken: string[] = []
  take(item: string): string {
    this.taken.push(item)
    return `o${this.taken.length}`
  }
}

class Authenticating implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string>; user?: Authenticated['user'] }>()
    const name = request.headers['x-user']
    if (name === undefined) throw new ForbiddenException('Who are you?')
    request.user = { id: name }
    return true
  }
}

@Controller('orders')
@UseGuards(Authenticating)
class Orders {
  @Inject(Stock) private readonly stock!: Stock

  @Post()
  @Creation(settings)
  create({ item }: { item: string }, { tx, principal }: Context): Result<{ id: string; item: string; owner: string }> {
    const order = { id: this.stock.take(item), item, owner: principal }
    tx.insert('order', order.id, order)
    return created(order)
  }
}

for (const platform of ['express', 'fastify'] as const) {
  describe(`a creation in Nest on ${platform}`, () => {
    let store: ReturnType<typeof memoryStore>
    let origin: string
    let close: (() => Promise<void>) | undefined
    let lines: { event: string; status: number; code?: string }[]

    beforeEach(() => {
      store = memoryStore()
      lines = []
    })
    afterEach(async () => {
      await close?.()
      close = undefined
      await store.close()
    })

    const write = (fields: object): void => void lines.push(fields as (typeof lines)[number])
    const options = (): CreateonceModuleOptions<MemoryTransaction, Authenticated> => ({
      store,
      principal: ({ native }) => native.user.id,
      log: { info: write, warn: write, error: write },
    })
    async function start(
      controller: Type,
      nestOptions: NestOptions = {},
      module = CreateonceModule.forRoot(options()),
    ): Promise<void> {
      const started = await startNest(
        platform,
        { imports: [module], controllers: [controller], providers: [Stock] },
        nestOptions,
      )
      origin = started.origin
      close = started.close
    }
    const HEADERS: HeaderLines = [
      ['Content-Type', 'application/json'],
      ['X-User', 'ann'],
    ]
    const post = (request: Partial<WireRequest> = {}) =>
      sendRequest(origin, { path: '/orders', headers: HEADERS, body: '{"item":"tea"}', ...request })
    const postWithKey = (request: Partial<WireRequest> = {}) =>
      post({ headers: [...HEADERS, ['Idempotency-Key', 'k1']], ...request })

    it("runs the method with its controller's services as this, once per key", async () => {
      await start(Orders)
      const [first, retry] = [await postWithKey(), await postWithKey()]
      expect([first.status, first.headers.get('location'), first.body]).toEqual([
        201,
        ['/orders/o1'],
        '{"id":"o1","item":"tea","owner":"ann"}',
      ])
      expect([retry.body, retry.headers.get('idempotent-replayed')]).toEqual([first.body, ['true']])
      expect(store.read.all('order')).toHaveLength(1)
    })

    it('takes its settings from a factory too', async () => {
      const OPTIONS = 'the store of this test'
      await start(
        Orders,
        {},
        CreateonceModule.forRootAsync({
          imports: [{ module: class Shop {}, providers: [{ provide: OPTIONS, useValue: store }], exports: [OPTIONS] }],
          inject: [OPTIONS],
          useFactory: async (injected: typeof store) => ({ ...options(), store: injected }),
        }),
      )
      expect((await post()).status).toBe(201)
    })

    it('lets guards decide before, and answers what they throw as the application does', async () => {
      await start(Orders)
      const { status, body } = await post({ headers: [['Content-Type', 'application/json']] })
      expect([status, JSON.parse(body)]).toEqual([
        403,
        { statusCode: 403, error: 'Forbidden', message: 'Who are you?' },
      ])
      expect(lines).toEqual([])
    })

    it('keeps pipes of the application away from body and input', async () => {
      const replacing = { transform: () => ({ item: 'replaced' }) }
      await start(Orders, {
        prepare: (app) => app.useGlobalPipes(replacing),
      })
      expect(JSON.parse((await post()).body).item).toBe('tea')
    })

    it('answers below a global prefix and a version, and Location as configured', async () => {
      await start(Orders, {
        prepare(app) {
          app.setGlobalPrefix('api')
          app.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' })
        },
      })
      const { status, headers } = await post({ path: '/api/v2/orders' })
      expect([status, headers.get('location')]).toEqual([201, ['/orders/o1']])
      expect((await post()).status).toBe(404)
    })

    it('runs interceptors around it, shows them the answer, and sends it as it is recorded', async () => {
      const seen: unknown[] = []
      class Envelope implements NestInterceptor {
        intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
          return next.handle().pipe(
            map((answer) => {
              seen.push(answer)
              return { data: answer }
            }),
          )
        }
      }
      await start(Orders, { prepare: (app) => app.useGlobalInterceptors(new Envelope()) })
      expect((await post()).body).toBe('{"id":"o1","item":"tea","owner":"ann"}')
      expect(seen).toMatchObject([{ status: 201, headers: { Location: '/orders/o1' } }])
    })

    it('keeps what other decorators note on the method, above and below', async () => {
      const seen: unknown[] = []
      class Reading implements CanActivate {
        canActivate(context: ExecutionContext): boolean {
          seen.push([
            new Reflector().get('above', context.getHandler()),
            new Reflector().get('below', context.getHandler()),
            context.getHandler().name,
          ])
          return true
        }
      }
      @Controller('orders')
      class Noted {
        @SetMetadata('above', 1)
        @Creation({ ...settings, principal: 'anybody' })
        @UseGuards(Reading)
        @SetMetadata('below', 2)
        @HttpCode(200)
        @Post()
        create({ item }: { item: string }): Result<{ id: string; item: string }> {
          return created({ id: '1', item })
        }
      }
      await start(Noted)
      expect((await post()).status).toBe(201)
      expect(seen).toEqual([[1, 2, 'create']])
    })

    it('gives further parameters of the method to it, after their pipes', async () => {
      @Controller('shops/:shop/orders')
      class OfShop {
        @Post()
        @Creation({ ...settings, principal: 'anybody' })
        create({ item }: { item: string }, _: Context, @Param('shop', ParseIntPipe) shop: number) {
          return created({ id: '1', item, shop })
        }
      }
      await start(OfShop)
      expect(JSON.parse((await post({ path: '/shops/12/orders' })).body)).toEqual({ id: '1', item: 'tea', shop: 12 })
      expect((await post({ path: '/shops/twelve/orders' })).status).toBe(400)
    })

    it('has a controller of its own for each request where its scope says so', async () => {
      let made = 0
      @Controller({ path: 'orders', scope: Scope.REQUEST })
      class Scoped {
        private readonly serial = ++made
        @Post()
        @Creation({ ...settings, principal: 'anybody' })
        create({ item }: { item: string }): Result<{ id: number; item: string }> {
          return created({ id: this.serial, item })
        }
      }
      await start(Scoped)
      const ids = [await post(), await post()].map(({ body }) => (JSON.parse(body) as { id: number }).id)
      expect(new Set(ids).size).toBe(2)
    })

    it('is inherited with its class', async () => {
      @Controller('orders')
      class Derived extends Orders {}
      await start(Derived)
      expect((await post()).status).toBe(201)
    })

    it('finds the existing resource by the services of the controller', async () => {
      @Controller('orders')
      class Unique {
        private readonly known = new Map<string, { id: string; item: string }>()
        @Post()
        @Creation({
          ...settings,
          principal: 'anybody',
          duplicates: {
            policy: 'return-existing',
            naturalKey: ['item'],
            find(this: Unique, { item }: { item: string }) {
              return this.known.get(item)
            },
          },
        })
        create({ item }: { item: string }, { tx }: Context): Result<{ id: string; item: string }> {
          const order = { id: `o${this.known.size + 1}`, item }
          tx.insert('order', order.id, order, ['item'])
          this.known.set(item, order)
          return created(order)
        }
      }
      await start(Unique)
      expect((await post()).status).toBe(201)
      const again = await post()
      expect([again.status, again.headers.get('location')]).toEqual([200, ['/orders/o1']])
    })

    it('inserts a declared row, whose values come from the services of the controller', async () => {
      const sqlite = await openSqlite()
      @Controller('things')
      class Declared {
        private readonly stock = new Stock()
        @Post()
        @Creation({
          ...settings,
          store: sqlite.store,
          principal: 'anybody',
          location: '/things/{name}',
          insert: {
            table: 'thing',
            values(this: Declared, { item }: { item: string }) {
              return { name: this.stock.take(item) }
            },
          },
        })
        create(): void {}
      }
      await start(Declared)
      const { status, headers } = await post({ path: '/things' })
      expect([status, headers.get('location'), sqlite.names()]).toEqual([201, ['/things/o1'], ['o1']])
      await sqlite.close()
    })

    it('mounts a creation that was defined before', async () => {
      const creation = defineCreation({
        ...settings,
        store,
        principal: (request: CreationRequest<Authenticated>) => request.native.user.id,
        create: ({ item }, { principal }) => created({ id: '7', item, owner: principal }),
      })
      @Controller('orders')
      @UseGuards(Authenticating)
      class Mounted {
        @Post()
        @Creation(creation)
        create(): void {}
      }
      await start(Mounted)
      expect((await post()).body).toBe('{"id":"7","item":"tea","owner":"ann"}')
    })

    describe('whose method throws', () => {
      class Sold extends Error {}
      let thrown: Error

      @Controller('orders')
      class Throwing {
        @Post()
        @Creation({ ...settings, principal: 'anybody' })
        create({ item }: { item: string }, { tx }: Context): Result<{ id: string }> {
          tx.insert('order', item, { id: item })
          if (thrown !== undefined) throw thrown
          return created({ id: item })
        }
      }

      it('an HttpException is rolled back, answered by the filters, and leaves the key free', async () => {
        thrown = new ConflictException('Sold out.')
        await start(Throwing)
        const refused = await postWithKey()
        expect([refused.status, JSON.parse(refused.body)]).toEqual([
          409,
          { statusCode: 409, error: 'Conflict', message: 'Sold out.' },
        ])
        expect(store.read.all('order')).toEqual([])
        expect(lines).toMatchObject([{ event: 'creation.rejected', status: 409 }])
        thrown = undefined as never
        const { status, headers } = await postWithKey()
        expect([status, headers.has('idempotent-replayed')]).toEqual([201, false])
      })

      it('anything else is a fault: a problem that tells nothing of it', async () => {
        thrown = new Error('select * from secret')
        await start(Throwing)
        const { status, headers, body } = await post()
        expect(status).toBe(500)
        expect(headers.get('content-type')![0]).toMatch(/^application\/problem\+json/)
        expect(body).not.toContain('secret')
        expect(lines).toMatchObject([{ event: 'creation.failed', code: 'internal-error' }])
      })

      it('an error that toFilters names is answered by the filter for it', async () => {
        @Catch(Sold)
        class SoldFilter implements ExceptionFilter {
          @Inject(HttpAdapterHost) private readonly host!: HttpAdapterHost
          catch(_: Sold, host: ArgumentsHost): void {
            this.host.httpAdapter.reply(host.switchToHttp().getResponse(), { sold: true }, 410)
          }
        }
        thrown = new Sold()
        const started = await startNest(
          platform,
          {
            imports: [CreateonceModule.forRoot({ ...options(), toFilters: (error) => error instanceof Sold })],
            controllers: [Throwing],
            providers: [SoldFilter],
          },
          { prepare: (app) => app.useGlobalFilters(app.get(SoldFilter)) },
        )
        origin = started.origin
        close = started.close
        const { status, body } = await post()
        expect([status, body]).toEqual([410, '{"sold":true}'])
      })
    })

    it('that outlives a timeout of the application goes on, and the retry gets its answer', async () => {
      const [entered, gate, out] = [createGate(), createGate(), createGate()]
      class Impatient implements NestInterceptor {
        async intercept(_: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
          const handling = next.handle()
          const { race, from, mergeMap, throwError } = await import('rxjs')
          return race(handling, from(out.opened).pipe(mergeMap(() => throwError(() => new RequestTimeoutException()))))
        }
      }
      @Controller('orders')
      class Slow {
        @Post()
        @UseInterceptors(Impatient)
        @Creation({ ...settings, principal: 'anybody' })
        async create({ item }: { item: string }): Promise<Result<{ id: string; item: string }>> {
          entered.open()
          await gate.opened
          return created({ id: '1', item })
        }
      }
      await start(Slow)
      const waiting = postWithKey()
      await entered.opened
      out.open()
      expect((await waiting).status).toBe(408)
      gate.open()
      let retry = await postWithKey()
      while (retry.status === 409) retry = await postWithKey()
      expect([retry.status, retry.body]).toEqual([201, '{"id":"1","item":"tea"}'])
    })

    it('stops the start where a setting is missing, and says which', async () => {
      await expect(start(Orders, {}, CreateonceModule.forRoot({ store }))).rejects.toThrow(
        'createOrder: principal must be a function',
      )
    })

    it('stops the start where the module is missing, and names what cannot be resolved', async () => {
      await expect(startNest(platform, { controllers: [Orders], providers: [Stock] })).rejects.toThrow(
        /can't resolve dependencies of the Orders.*Creations/s,
      )
    })
  })
}

it('a decorated method that is called by anybody else is the method as it was written', () => {
  const orders = new Orders()
  Object.assign(orders, { stock: new Stock() })
  const rows: unknown[] = []
  const tx = { insert: (...row: unknown[]) => rows.push(row) } as unknown as MemoryTransaction
  expect(orders.create({ item: 'tea' }, { tx, principal: 'ann' } as Context)).toMatchObject({
    kind: 'created',
    row: { id: 'o1', item: 'tea', owner: 'ann' },
  })
  expect(rows).toHaveLength(1)
})

it('writes its lines through a logger of Nest', () => {
  const lines: unknown[] = []
  const take = (line: unknown): void => void lines.push(line)
  const log = nestLog({ log: take, warn: take, error: take })
  log.info({ event: 'creation.created' }, 'creation.created')
  log.error({ event: 'creation.failed', err: new TypeError('broken') }, 'creation.failed')
  expect(lines).toMatchObject([
    { event: 'creation.created' },
    { event: 'creation.failed', err: { type: 'TypeError', message: 'broken' } },
  ])
})
