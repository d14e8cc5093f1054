import { Controller, Post } from '@nestjs/common'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { CreateonceModule, Creation } from '../../../src/adapters/nest.ts'
import { type AdapterHarness, describeAdapter } from '../../../src/testing/index.ts'
import { putBefore } from './put-before.ts'
import { type NestOptions, type PlatformName, startNest } from './start-nest.ts'

const serve =
  (platform: PlatformName, options: NestOptions): AdapterHarness['serve'] =>
  (routes, { prefix, before, http2 }) => {
    const controllers = Object.entries(routes).map(([path, creation]) => {
      @Controller()
      class Routes {
        @Post(path.replace(/\{(\w+)\}/g, ':$1'))
        @Creation(creation)
        create(): void {}
      }
      return Routes
    })
    return startNest(
      platform,
      { imports: [CreateonceModule.forRoot({})], controllers },
      {
        ...options,
        http2,
        prepare(app) {
          if (prefix !== '') app.setGlobalPrefix(prefix)
          if (before !== undefined) putBefore(app, before)
        },
      },
    )
  }

const MALFORMED = 'Nest parses bodies before a route is found, and its filters answer what is no JSON'

for (const platform of ['express', 'fastify'] as const) {
  for (const rawBodies of [false, true]) {
    describeAdapter(
      {
        name: `nest on ${platform}${rawBodies ? ' with rawBody' : ''}`,
        rawBodies,
        refusals: false,
        lacks: { malformedBodies: MALFORMED },
        ...(platform === 'fastify' && { http2: true }),
        serve: serve(platform, { rawBody: rawBodies }),
      },
      { afterEach, beforeEach, describe, it },
    )
  }
}

describeAdapter(
  {
    name: 'nest on express without the parser of bodies',
    rawBodies: true,
    refusals: false,
    serve: serve('express', { bodyParser: false }),
  },
  { afterEach, beforeEach, describe, it },
)
