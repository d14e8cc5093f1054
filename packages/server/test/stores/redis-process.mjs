// A process of its own on Redis, for the tests that kill and freeze processes or let several race. Speaks in lines.
import { createInterface } from 'node:readline'
import { redisStore } from '@createonce/server/redis'
import { Redis } from 'ioredis'

const [mode, port, prefix, leaseMs, onCrash, list] = process.argv.slice(2)
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)
const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

const client = new Redis({ host: '127.0.0.1', port: Number(port) })
// On a machine that is busy with other things, waiting is no failure.
const store = redisStore({ ioredis: client, prefix, leaseMs: Number(leaseMs), answerMs: 20_000 })

const claimOf = (key) => ({
  scope: '"ann" createThing',
  key,
  fingerprint: '1:f',
  retentionMs: 3_600_000,
  onCrash,
})
const settlement = {
  kind: 'commit',
  result: process.pid,
  answer: { status: 201, headers: { Location: `/${process.pid}` } },
}

const modes = {
  /** Says `ready`, waits for a line, and creates under every key of the list at once. */
  async create() {
    await store.ready()
    say('ready')
    await commands.next()
    const outcomes = await Promise.all(list.split(',').map((key) => store.once(claimOf(key), async () => settlement)))
    say(outcomes.map(({ kind }) => kind))
  },
  /** Says `inside` in the middle of its work, waits for a line, ends the work and says what came of it. */
  async hold() {
    const claimed = await store.once(claimOf(list), async () => {
      say('inside')
      await commands.next()
      return settlement
    })
    say(claimed)
  },
}

await modes[mode]()
await store.close()
process.exit(0)
