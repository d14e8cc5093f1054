import 'reflect-metadata'
import { Controller, Get, Module, Param, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ApiOperation, ApiResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { CreateonceModule, Creation, creationOf } from '../../src/adapters/nest.ts'
import { created } from '../../src/index.ts'
import { type OpenApiObject, withCreations } from '../../src/openapi/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { define, faultsOf, NO_FAULTS, order } from './define.ts'

class Orders {
  create(): void {}
  read(): void {}
}

// Decorators are functions; called as such, they need no compiler that knows their syntax.
function decorate(name: 'create' | 'read', ...decorators: readonly MethodDecorator[]): void {
  const descriptor = Object.getOwnPropertyDescriptor(Orders.prototype, name)!
  Reflect.defineMetadata('design:paramtypes', name === 'read' ? [String] : [], Orders.prototype, name)
  for (const decorator of decorators) decorator(Orders.prototype, name, descriptor)
}
Param('id')(Orders.prototype, 'read', 0)
decorate('create', Post('orders'), ApiOperation({ summary: 'Place an order' }))
decorate('read', Get('orders/:id'), ApiResponse({ status: 200, schema: { type: 'object', properties: { id: {} } } }))
Controller()(Orders)
class Shop {}
Module({ controllers: [Orders] })(Shop)

async function documentOf(builder: DocumentBuilder): Promise<OpenApiObject> {
  const app = await NestFactory.create(Shop, { logger: false })
  const document = SwaggerModule.createDocument(app, builder.setTitle('Shop').setVersion('1').build())
  await app.close()
  return document
}

it('@nestjs/swagger gets creations after createDocument(), by one line', async () => {
  const given = await documentOf(new DocumentBuilder().setOpenAPIVersion('3.1.0'))
  const document = withCreations(given, { 'POST /orders': define({ openapi: { representation: order } }) })
  const { post } = document['paths']['/orders']
  expect(post).toMatchObject({
    operationId: given['paths']['/orders'].post.operationId,
    summary: 'Place an order',
    tags: given['paths']['/orders'].post.tags,
    requestBody: { required: true },
    responses: { 201: { description: 'Created.' }, 415: {} },
    'x-creation': { duplicates: 'allow' },
  })
  expect(post.responses[201].links.read.operationId).toBe(given['paths']['/orders/{id}'].get.operationId)
  expect(await faultsOf(JSON.parse(JSON.stringify(document)))).toEqual(NO_FAULTS)
})

it('and is told to write 3.1, since it writes 3.0 by default', async () => {
  const given = await documentOf(new DocumentBuilder())
  expect(() => withCreations(given, { 'POST /orders': define() })).toThrow(/setOpenAPIVersion\('3\.1\.0'\)/)
})

it('and gets the creation of a decorated method, as the application knows it, by creationOf()', async () => {
  class Carts {
    create({ item }: { readonly item: string }) {
      return created({ id: '1', item })
    }
    read(): void {}
  }
  const descriptor = Object.getOwnPropertyDescriptor(Carts.prototype, 'create')!
  Reflect.defineMetadata('design:paramtypes', [], Carts.prototype, 'create')
  Post('carts')(Carts.prototype, 'create', descriptor)
  Creation({
    operation: 'createCart',
    input: z.strictObject({ item: z.string() }),
    serverSet: ['id'],
    duplicates: 'allow',
    location: '/carts/{id}',
    etag: (_row, representation) => `"${JSON.stringify(representation).length}"`,
    openapi: { summary: 'Fill a cart', representation: order },
  })(Carts.prototype, 'create', descriptor as TypedPropertyDescriptor<Carts['create']>)
  Object.defineProperty(Carts.prototype, 'create', descriptor)
  Controller()(Carts)
  class Other {}
  const shared = { store: memoryStore(), principal: 'anybody', idempotency: 'required' } as const
  Module({ imports: [CreateonceModule.forRoot(shared)], controllers: [Carts] })(Other)

  const app = await NestFactory.create(Other, { logger: false })
  const given = SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build())
  const document: OpenApiObject = withCreations(given, { 'POST /carts': creationOf(app, Carts, 'create') })
  expect(document['paths']['/carts'].post).toMatchObject({
    summary: 'Fill a cart',
    'x-creation': { duplicates: 'allow', idempotency: 'required' },
  })
  expect(() => creationOf(app, Carts, 'read')).toThrow('Carts.read is no creation of this application')
  expect(() => creationOf(app, Orders, 'create')).toThrow('Orders.create is no creation of this application')
  await app.close()
})
