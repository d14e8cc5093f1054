import { Controller, Post } from '@nestjs/common'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { CreateonceModule, Creation } from '../../../src/adapters/nest.ts'
import { type AdapterHarness, describeAdapter } from '../../../src/testing/index.ts'
import { type PlatformName, startNest } from './start-nest.ts'

const serve =
  (platform: PlatformName, rawBody: boolean): AdapterHarness['serve'] =>
  (routes) => {
    const controllers = Object.entries(routes).map(([path, creation]) => {
      @Controller()
      class Routes {
        @Post(path.replace(/\{(\w+)\}/g, ':$1'))
        @Creation(creation)
        create(): void {}
      }
      return Routes
    })
    return startNest(platform, { imports: [CreateonceModule.forRoot({})], controllers }, { rawBody })
  }

for (const platform of ['express', 'fastify'] as const) {
  for (const rawBodies of [false, true]) {
    const name = `nest on ${platform}${rawBodies ? ' with rawBody' : ''}`
    describeAdapter(
      { name, rawBodies, refusals: false, serve: serve(platform, rawBodies) },
      { afterEach, beforeEach, describe, it },
    )
  }
}
