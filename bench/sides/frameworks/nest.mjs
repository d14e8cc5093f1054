import 'reflect-metadata'
import { created } from '@createonce/server'
import { CreateonceModule, Creation } from '@createonce/server/nest'
import { Body, Controller, Module, Post, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { settings, toNote } from '../note.mjs'

const platforms = { express: ExpressAdapter, fastify: FastifyAdapter }

export function bare({ platform }) {
  class Orders {
    create(body, response) {
      const note = toNote(body)
      response.header('Location', `/orders/${note.id}`)
      return note
    }
  }
  Body()(Orders.prototype, 'create', 0)
  Res({ passthrough: true })(Orders.prototype, 'create', 1)
  return serve(platform, Orders, [Post()], [])
}

export function creation({ platform }) {
  const { store, principal, ...own } = settings
  class Orders {
    create(given) {
      return created(toNote(given))
    }
  }
  return serve(platform, Orders, [Creation(own), Post()], [CreateonceModule.forRoot({ store, principal })])
}

/** An application with one route, `create` of the class; without TypeScript decorators are called by hand. */
async function serve(platform, Orders, decorators, imports) {
  const descriptor = Object.getOwnPropertyDescriptor(Orders.prototype, 'create')
  for (const decorate of decorators) decorate(Orders.prototype, 'create', descriptor)
  Object.defineProperty(Orders.prototype, 'create', descriptor)
  Controller('orders')(Orders)
  class Application {}
  Module({ controllers: [Orders], imports })(Application)
  const app = await NestFactory.create(Application, new platforms[platform](), { logger: false })
  return {
    async listen() {
      await app.listen(0, '127.0.0.1')
      return app.getHttpServer().address().port
    },
  }
}
