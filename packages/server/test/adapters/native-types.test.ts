import type { IncomingMessage } from 'node:http'
import { Router } from '@koa/router'
import express, { type Request } from 'express'
import Koa, { type Context } from 'koa'
import { expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import { otherMethods as otherMethodsOfExpress, toExpress } from '../../src/adapters/express.ts'
import { toFastify } from '../../src/adapters/fastify.ts'
import { toKoa } from '../../src/adapters/koa.ts'
import { creationListener, toNode } from '../../src/adapters/node.ts'
import { type Creation, type CreationRequest, created, defineCreation } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

// Checked by the compiler (npm run types); at run time the creations are only mounted.

const store = memoryStore()
const settings = {
  operation: 'createThing',
  store,
  input: z.strictObject({ name: z.string() }),
  create: ({ name }: { name: string }) => created({ id: 1, name }),
  duplicates: 'allow',
  idempotency: 'off',
  location: '/things/{id}',
} as const

it('mounts a creation that asks nothing of a framework on every framework', () => {
  const creation = defineCreation({ ...settings, principal: ({ headers }) => String(headers['x-user']) })
  expectTypeOf(creation).toExtend<Creation<unknown>>()
  toNode(creation)
  creationListener({ '/things': creation, '/others': { POST: creation, GET: () => undefined } })
  toFastify(creation)
  express().post('/things', toExpress(creation)).all('/things', otherMethodsOfExpress(creation))
  new Koa().use(toKoa(creation))
  new Router().post('/things', toKoa(creation))
})

it("knows the framework's request in principal, and what an application has added to it", () => {
  interface Authenticated extends Request {
    readonly user: { readonly id: string }
  }
  const onExpress = defineCreation({
    ...settings,
    principal({ native }: CreationRequest<Authenticated>) {
      expectTypeOf(native.ip).toEqualTypeOf<string | undefined>()
      return native.user.id
    },
  })
  express().post('/things', toExpress(onExpress))

  const onKoa = defineCreation({
    ...settings,
    principal: ({ native }: CreationRequest<Context>) => native.state['user'],
  })
  new Koa().use(toKoa(onKoa))

  const onNode = defineCreation({
    ...settings,
    principal: ({ native }: CreationRequest<IncomingMessage>) => native.socket.remoteAddress ?? '',
  })
  toNode(onNode)

  // @ts-expect-error A creation that reads Express's request cannot be asked through Koa's context.
  toKoa(onExpress)
  // @ts-expect-error Nor the other way round.
  toExpress(onKoa)
})

it("gives create the framework's request, typed", () => {
  defineCreation({
    ...settings,
    principal: ({ native }: CreationRequest<Request>) => native.ip ?? '',
    create({ name }, { request }) {
      expectTypeOf(request).toEqualTypeOf<Request>()
      return created({ id: 1, name })
    },
  })
})
