import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type INestApplication, Module, type ModuleMetadata, type NestApplicationOptions } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { requestIdOf } from '../../../src/observe/request-id.ts'

/** The platforms that Nest runs on. */
export type PlatformName = 'express' | 'fastify'

/** What the tests vary. */
export interface NestOptions extends NestApplicationOptions {
  /** What a main.ts does before it listens. */
  readonly prepare?: (app: INestApplication) => void
  readonly http2?: boolean
}

/** Starts an application of Nest on a free port. */
export async function startNest(
  platform: PlatformName,
  metadata: ModuleMetadata,
  { prepare = () => {}, http2 = false, ...options }: NestOptions = {},
): Promise<{ app: INestApplication; origin: string; close(): Promise<void> }> {
  class Root {}
  Module(metadata)(Root)
  const app = await NestFactory.create(Root, adapterFor(platform, http2), {
    logger: false,
    abortOnError: false,
    ...options,
  })
  prepare(app)
  await app.listen(0, '127.0.0.1')
  return { app, origin: (await app.getUrl()).replace('[::1]', '127.0.0.1'), close: () => app.close() }
}

function adapterFor(platform: PlatformName, http2: boolean): ExpressAdapter | FastifyAdapter {
  const genReqId = ({ headers }: IncomingMessage): string => requestIdOf(headers) ?? randomUUID()
  if (platform === 'fastify') {
    return new FastifyAdapter({ genReqId, trustProxy: true, ...(http2 && { http2 }) } as object)
  }
  const adapter = new ExpressAdapter()
  adapter.set('trust proxy', true)
  return adapter
}
