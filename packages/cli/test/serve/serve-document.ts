import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildService } from '../../src/serve/build-service.ts'
import { toConditions } from '../../src/serve/conditions/options/to-conditions.ts'
import { createMetrics } from '../../src/serve/pages/metrics/create-metrics.ts'
import { readContract } from '../../src/serve/read-contract.ts'
import { openRows } from '../../src/serve/rows/open-rows.ts'
import { toSecurity } from '../../src/serve/security/to-security.ts'

/** A document that is served. */
export interface ServedDocument {
  readonly url: string
  readonly file: string
  close(): Promise<void>
}

// The documents here ask for no credentials.
const nobody = { kind: 'gateway', header: 'x-principal' } as const

/** Serves the paths of a document in this process: a real port, a real database, nobody has to say who they are. */
export async function serveDocument(paths: object, components: object = {}): Promise<ServedDocument> {
  const file = join(tmpdir(), `createonce-forms-${randomUUID()}.json`)
  const info = { title: 'Forms', version: '1.0.0' }
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info, paths, components }))
  const contract = await readContract(file, {}, nobody)
  const rows = await openRows(
    'memory:',
    contract.plan.resources.map(({ table }) => table),
  )
  const { app } = await buildService({
    contract,
    rows,
    logs: false,
    security: toSecurity(contract.read.document, nobody),
    conditions: toConditions({ seed: 1 }),
    metrics: createMetrics(),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    file,
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async close() {
      await app.close()
      await rows.close()
      await rm(file)
    },
  }
}

/** A request body of one schema under several media types. */
export function body(schema: object, ...mediaTypes: readonly string[]): object {
  return { required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, { schema }])) }
}

/** A path whose POST creates, and the one below it that reads. */
export function creating(path: string, requestBody: object | undefined): object {
  const responses = (status: string) => ({ [status]: { description: 'It', content: { 'application/json': {} } } })
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
  return {
    [path]: { post: { ...(requestBody !== undefined && { requestBody }), responses: responses('201') } },
    [`${path}/{id}`]: { get: { parameters, responses: responses('200') } },
  }
}
