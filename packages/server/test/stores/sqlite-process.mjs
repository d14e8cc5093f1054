// A process of its own on a SQLite file, for the tests that kill processes or let several race. Speaks in lines.
import { createInterface } from 'node:readline'
import { sqliteStore } from '@createonce/server/sqlite'

const SCHEMA = 'create table if not exists thing (id text primary key, name text not null) strict'

const [mode, file, list = ''] = process.argv.slice(2)
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)

const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

const claimOf = (key) => ({ scope: 'anybody createThing', key, fingerprint: '1:f', retentionMs: 3_600_000 })
const creating =
  (key, end = async () => {}) =>
  async ({ tx }) => {
    const id = `${process.pid}-${key}`
    tx.prepare('insert into thing (id, name) values (?, ?)').run(id, key)
    await end()
    return { kind: 'commit', result: id, answer: { status: 201, headers: { Location: `/things/${id}` } } }
  }

// On a machine that is busy with other things, waiting is no failure.
const open = () => sqliteStore({ file, schema: SCHEMA, busyMs: 20_000, holdMs: 60_000 })

const forever = new Promise(() => setInterval(() => {}, 60_000))

const modes = {
  /** Says `ready`, waits for a line, and creates under every key of the list at once. */
  async create() {
    const store = await open()
    say('ready')
    await commands.next()
    const outcomes = await Promise.all(list.split(',').map((key) => store.once(claimOf(key), creating(key))))
    say(outcomes.map(({ kind }) => kind))
    await store.close()
  },
  /** Waits for a line and then opens the file: many of these race for the migration. */
  async open() {
    say('ready')
    await commands.next()
    const store = await open()
    say('opened')
    await store.close()
  },
  /** Inserts the row, says so, and never comes to the end of the transaction. */
  async hang() {
    const store = await open()
    await store.once(
      claimOf(list),
      creating(list, () => {
        say('inserted')
        return forever
      }),
    )
  },
  /** Creates, says what came out, and stays open without closing anything. */
  async acknowledge() {
    const store = await open()
    say((await store.once(claimOf(list), creating(list))).kind)
    await forever
  },
}

await modes[mode]()
process.exit(0)
