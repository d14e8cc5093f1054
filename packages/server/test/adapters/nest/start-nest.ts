import { type INestApplication, Module, type ModuleMetadata } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'

export type PlatformName = 'express' | 'fastify'

/** Starts an application of Nest on a free port; `prepare` is what its main.ts would do before it listens. */
export async function startNest(
  platform: PlatformName,
  metadata: ModuleMetadata,
  { prepare = () => {}, rawBody = false }: { prepare?: (app: INestApplication) => void; rawBody?: boolean } = {},
): Promise<{ app: INestApplication; origin: string; close(): Promise<void> }> {
  class Root {}
  Module(metadata)(Root)
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter()
  const app = await NestFactory.create(Root, adapter, { rawBody, logger: false, abortOnError: false })
  prepare(app)
  await app.listen(0, '127.0.0.1')
  return { app, origin: (await app.getUrl()).replace('[::1]', '127.0.0.1'), close: () => app.close() }
}
