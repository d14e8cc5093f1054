import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { created, defineCreation } from '@createonce/server'
import { createonce, toFastify } from '@createonce/server/fastify'
import { memoryStore } from '@createonce/server/memory'
import fastify, { type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Credentials } from '../../../src/serve/security/credentials/credentials.ts'
import { maskedUrl } from '../../../src/serve/security/masked-url.ts'
import { principalOf } from '../../../src/serve/security/principal-of.ts'
import { secretNames } from '../../../src/serve/security/secret-names.ts'
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
    Object.entries(operations).map(([name, own]) => [`/${name}`, { post: own === undefined ? {} : { security: own } }]),
  )
  return {
    openapi: '3.1.0',
    info: { title: 'The "shop"', version: '1' },
    ...(security !== undefined && { security }),
    paths,
    components: { securitySchemes: schemes },
  }
}

/** Serves creations behind the guards of a document, on a real port; each answers whom it was created by. */
export async function serveSecured(document: ReturnType<typeof secured>, credentials: Credentials) {
  const lines: string[] = []
  const parameters = secretNames(document).parameters
  const app = fastify({
    logger: {
      level: 'trace',
      stream: { write: (line: string) => lines.push(line) },
      // Every request is logged here with its URL, as nowhere in the service: so that a secret has its chance to be seen.
      serializers: { req: ({ method, url }) => ({ method, url: maskedUrl(url, parameters) }) },
    },
  })
  const security = toSecurity(document, credentials)
  await app.register(createonce)
  const store = memoryStore()
  for (const [path, { post }] of Object.entries(document.paths)) {
    const check = security.checkOf({ raw: post })
    const creation = defineCreation<object, { id: string; principal: string }, unknown, FastifyRequest>({
      operation: path.slice(1),
      store,
      principal: ({ native }) => principalOf(native) ?? '(anybody)',
      input: z.strictObject({}),
      create: (_input, { principal }) => created({ id: randomUUID(), principal }),
      duplicates: 'allow',
      idempotency: 'optional',
      location: `${path}/{id}`,
    })
    const guarded = check === undefined ? {} : { onRequest: toGuard(check) }
    app.post(path, guarded, toFastify(creation))
    app.options(path, guarded, (_request, reply) => reply.code(204).send())
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    /** Everything that was logged. */
    log: () => lines.join(''),
    close: () => app.close(),
  }
}
