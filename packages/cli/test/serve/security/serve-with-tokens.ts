import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildService } from '../../../src/serve/build-service.ts'
import { toConditions } from '../../../src/serve/conditions/options/to-conditions.ts'
import { createMetrics } from '../../../src/serve/pages/metrics/create-metrics.ts'
import { readContract } from '../../../src/serve/read-contract.ts'
import { openRows } from '../../../src/serve/rows/open-rows.ts'
import { readCredentials } from '../../../src/serve/security/credentials/read-credentials.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'

/** The tokens of the two principals. */
export const tokens = { ada: 'ada-has-a-token', bob: 'bob-has-another' }

/** Serves a document in this process, on a real port and a real database, to Ada and Bob. */
export async function serveWithTokens(document: object) {
  const file = join(tmpdir(), `createonce-tokens-${randomUUID()}.json`)
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, ...document }))
  const credentials = readCredentials({ token: Object.entries(tokens).map(([name, token]) => `${name}=${token}`) }, {})
  const contract = await readContract(file, {}, credentials)
  const tables = contract.plan.resources.map(({ table }) => table)
  const rows = await openRows('memory:', tables)
  const { app } = await buildService({
    contract,
    rows,
    security: toSecurity(contract.read.document, credentials),
    logs: false,
    conditions: toConditions({ seed: 1 }),
    metrics: createMetrics(),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async close() {
      await app.close()
      await rows.close()
      await rm(file)
    },
  }
}
