import { afterAll, beforeAll, describe } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../../server/test/stores/postgres-server.ts'
import { kindsOf } from './databases.ts'
import { describeModel } from './model-suite.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

describe.each(kindsOf(() => server).lasting)('resources in $name, for long', (kind) => {
  describeModel(kind, 300)
})
