// A process that creates once and dies at a point that it is told: by SIGKILL, from inside, so that nothing runs after
// it. node stop-process.mjs <folder of the instrumented modules> sqlite|postgres
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { pathToFileURL } from 'node:url'

const [folder, kind] = process.argv.slice(2)

const passed = []
const counts = new Map()
let stopAt
// How often something has left this process or come in. Between two points of one moment nothing has, so that outside
// nobody can tell at which of them it died.
let moment = 0

globalThis.createoncePassing = (point, value) => {
  const nth = (counts.get(point) ?? 0) + 1
  counts.set(point, nth)
  const passing = `${point} #${nth}`
  if (passing === stopAt) process.kill(process.pid, 'SIGKILL')
  passed.push({ passing, point, moment })
  return value
}
globalThis.createonceReaction = (point, reaction) =>
  typeof reaction === 'function' ? (...given) => reaction(...globalThis.createoncePassing(point, given)) : reaction
globalThis.createonceLater =
  (point, step) =>
  (...given) => {
    moment += 1
    return step(...globalThis.createoncePassing(point, given))
  }
globalThis.createonceExecutor = (point, executor) => (resolve, reject) =>
  executor(
    (value) => resolve(globalThis.createoncePassing(point, value)),
    (error) => reject(globalThis.createoncePassing(point, error)),
  )

/** Counts the calls of methods. */
function counting(object, names) {
  for (const name of names) {
    const original = object[name]
    object[name] = function (...given) {
      moment += 1
      return original.apply(this, given)
    }
  }
  return object
}
counting(Socket.prototype, ['write', 'push', 'end', 'destroy'])
counting(process, ['send'])

/** SQLite is no socket: what is written to the file is what is run. Reading leaves nothing behind. */
function countingDatabase(database) {
  const pass = (object, names) => Object.fromEntries(names.map((name) => [name, (...given) => object[name](...given)]))
  return {
    ...counting(pass(database, ['exec', 'close']), ['exec', 'close']),
    prepare(sql) {
      const statement = pass(database.prepare(sql), ['run', 'get', 'all'])
      return /^\s*(select|pragma)\b/i.test(sql) ? statement : counting(statement, ['run', 'get', 'all'])
    },
  }
}

// The clock stands still, so that how much shares a commit does not depend on how fast this machine is.
const now = Date.now()
const time = {
  now: () => now,
  after(ms, step) {
    const timer = setTimeout(step, ms)
    return () => clearTimeout(timer)
  },
}

const load = (name) => import(pathToFileURL(`${folder}/${name}.js`).href)
const { created, defineCreation } = await load('index')

const stores = {
  async sqlite() {
    const { sqliteStore } = await load('stores/sqlite')
    const { DatabaseSync } = process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))
    const open = (file, options) => countingDatabase(new DatabaseSync(file, options))
    return async ({ file, schema }) => ({
      store: await sqliteStore({ file, schema, open, time }),
      insert: (tx, row) => tx.prepare('insert into thing (id, item) values (?, ?)').run(row.id, row.item),
      end: async () => {},
    })
  },
  async postgres() {
    const { postgresStore } = await load('stores/postgres')
    const { default: pg } = await import('pg')
    return async ({ config }) => {
      const pool = new pg.Pool({ ...config, max: 2 })
      return {
        store: postgresStore({ pool, time }),
        insert: (tx, row) => tx.query('insert into thing (id, item) values ($1, $2)', [row.id, row.item]),
        end: () => pool.end(),
      }
    }
  },
}
const openStore = await stores[kind]()

/** Faults for the test to find. */
const faults = {
  none: (store) => store,
  /** The rows by one transaction, and the record by another one behind it. */
  'records apart': (store) => ({
    ...store,
    async once(claim, work) {
      let settlement
      const done = await store.once(undefined, async (session) => {
        settlement = await work(session)
        return settlement
      })
      globalThis.createoncePassing('the seeded fault')
      await store.once(claim, async () => settlement)
      return done
    },
  }),
  /** An answer as soon as it is known, while its transaction is still on the way. */
  'answers early': (store) => ({
    ...store,
    once: (claim, work) =>
      new Promise((resolve, reject) => {
        const early = async (session) => {
          const settlement = await work(session)
          resolve({ kind: 'executed', result: settlement.result })
          // The answer has left the process before the work goes on.
          await new Promise((next) => setImmediate(next))
          globalThis.createoncePassing('the seeded fault')
          return settlement
        }
        store.once(claim, early).then(resolve, reject)
      }),
  }),
}

process.send('warm')
const [{ stop, ways, fault = 'none', ...database }] = await once(process, 'message')
stopAt = stop

const { store, insert, end } = await openStore(database)
const common = {
  store: faults[fault](store),
  principal: 'anybody',
  input: {
    '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
  },
  duplicates: 'allow',
  idempotency: 'required',
  location: '/things/{id}',
}
const creations = {
  create: defineCreation({
    ...common,
    operation: 'create',
    async create({ item }, { tx }) {
      const row = { id: randomUUID(), item }
      await insert(tx, row)
      return created(row)
    },
  }),
  insert: defineCreation({
    ...common,
    operation: 'insert',
    insert: { table: 'thing', values: ({ item }, { newId }) => ({ id: newId(), item }) },
  }),
}

await store.ready?.()
// From here on it is the request that passes points.
const begun = passed.length
await Promise.all(
  ways.map(async ({ way, request }) => {
    const { body, ...rest } = request
    const answer = await creations[way].handle({ ...rest, body: { kind: 'raw', bytes: Buffer.from(body) } })
    process.send({ acknowledged: { way, answer } })
  }),
)
await store.close()
await end()
process.send({ passed, begun })
process.disconnect()
