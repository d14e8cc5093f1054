import type { AddressInfo } from 'node:net'
import { createonce, toFastify } from '@createonce/server/fastify'
import { created, defineCreation } from '@createonce/server'
import { memory } from '@createonce/server/memory'
import fastify from 'fastify'
import type { Credentials } from '../../../src/serve/security/credentials/credentials.ts'
import { principalOf } from '../../../src/serve/security/principal-of.ts'
import { toGuard } from '../../../src/serve/security/to-guard.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'

/** The schemes that the tests' documents have. */
export const schemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  swagger: { type: 'apiKey', in: 'header', name: 'Authorization' },
  bearer: { type: 'http', scheme: 'Bearer' },
  basic: { type: 'http', scheme: 'basic' },
  oauth: { type: 'oauth2', flows: {} },
  oidc: { $ref: '#/components/securitySchemes/aliased' },
  aliased: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example/.well-known/openid-configuration' },
  mtls: { type: 'mutualTLS' },
  digest: { type: 'http', scheme: 'digest' },
}

/** A document whose operations are secured by the given requirements, by name. */
export function secured(operations: Readonly<Record<string, unknown>>, security?: unknown) {
  const paths = Object.fromEntries(
    Object.entries(operations).map(([name, own]) => [
      `/${name}`,
      { post: own === undefined ? {} : { security: own } },
    ]),
  )
  return {
    openapi: '3.1.0',
    info: { title: 'The "shop"', version: '1' },
    ...(security !== undefined && { security }),
    paths,
    components: { securitySchemes: schemes },
  }
}

/** Serves creations behind the guards of a document, on a real port; each answers its principal, or null. */
export async function serveSecured(document: ReturnType<typeof secured>, credentials: Credentials) {
  const lines: string[] = []
  const app = fastify({ logger: { level: 'trace', stream: { write: (line: string) => lines.push(line) } } })
  const security = toSecurity(document, credentials)
  await app.register(createonce)
  for (const [path, { post }] of Object.entries(document.paths)) {
    const check = security.checkOf({ raw: post })
    const guard = check && toGuard(check)
    const creation = defineCreation({
      operation: path,
      store: memory(),
      principal: 'anybody',
      create: (_input, { request }) => created({ id: '1', principal: principalOf(request as never) ?? null }),
      duplicates: 'allow',
      idempotency: 'optional',
      location: `${path}/{id}`,
      log: app.log,
    } as never)
    app.route({ method: ['POST', 'OPTIONS'], url: path, handler: toFastify(creation as never), ...(guard && { onRequest: guard }) })
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    /** Everything that was logged. */
    log: () => lines.join(''),
    close: () => app.close(),
  }
}
