// Kills what it can, and counts. Clients create with keys and retry until they are told what became of each, through
// two server processes, while servers are killed and frozen, databases are stopped as by a power cut, and connections
// are cut before, during and after COMMIT. At the end it says what has to hold, and whether it does. Exits 1 where not.
//
//   npm run crash -- --kills 200 --store sqlite,postgres,redis --seed 1
//   npm run crash -- --kills 5000 --resume      (adds to the totals that are kept in .createonce/crash.json)
import { attack } from './attack.mjs'
import { hasRedis } from './databases/has-redis.mjs'
import { openPostgres } from './databases/postgres.mjs'
import { openRedis } from './databases/redis.mjs'
import { openSqlite } from './databases/sqlite.mjs'
import { faults } from './faults.mjs'
import { readOptions } from './options.mjs'
import { progressOf } from './progress.mjs'
import { addToTotals, readTotals } from './totals.mjs'

const databases = { sqlite: openSqlite, postgres: openPostgres, redis: openRedis }

/** A run that is broken off still has to end what it has started. */
const interrupted = new Promise((_resolve, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error(`ended by ${signal}`)))
})
interrupted.catch(() => {})

try {
  process.exitCode = (await run()) ? 0 : 1
} catch (error) {
  console.error(`crash: ${error.message}`)
  process.exitCode = 1
}
// What a killed server left open must not keep this process.
process.exit()

async function run() {
  const { kills, seed, resume, fault, ...asked } = readOptions(process.argv.slice(2), {
    stores: Object.keys(databases),
    faults: Object.keys(faults),
  })
  const stores = (asked.stores ?? Object.keys(databases)).filter(canRun(asked.stores))
  console.log(`crash: ${kills} kills over ${stores.join(', ')}, seed ${seed}${fault ? `, with a fault: ${fault}` : ''}`)
  const totals = resume ? readTotals() : {}
  let isRight = true

  for (const [index, store] of stores.entries()) {
    const share = Math.ceil((kills * (index + 1)) / stores.length) - Math.ceil((kills * index) / stores.length)
    const seen = await attack(store, {
      open: databases[store],
      kills: share,
      seed,
      fault,
      interrupted,
      onHarm: progressOf(store, share),
    })
    if (fault === undefined) addToTotals(totals, store, { harms: seen.harms, keys: seen.keys })
    console.log(`crash: ${store}: ${listed(seen.harms)}; ${listed(seen.keys)}, in ${seen.tries} tries`)
    for (const { sentence, wrong } of seen.invariants) {
      if (wrong.length > 0) isRight = false
      console.log(
        wrong.length === 0 ? `  holds   ${sentence}` : `  BROKEN  ${sentence}: not so for ${wrong.length}, e.g.`,
      )
      for (const example of wrong.slice(0, 3)) console.log(`          ${JSON.stringify(example)}`)
    }
  }
  if (fault === undefined) {
    const kept = Object.entries(totals).map(([store, { harms }]) => `${store} ${killsOf(harms)}`)
    console.log(`crash: kills so far: ${kept.join(', ')}`)
  }
  console.log(isRight ? 'crash: everything holds' : 'crash: something does not hold; it stands above')
  return isRight
}

function canRun(asked) {
  return (store) => {
    if (store !== 'redis' || hasRedis()) return true
    const message = 'redis-server is not installed: scripts/install-redis.sh does that, or leave redis out by --store'
    if (asked !== undefined || process.env.CI === 'true') throw new Error(message)
    console.log(`crash: without redis: ${message}`)
    return false
  }
}

function killsOf({ 'server frozen': _, ...harms }) {
  return Object.values(harms).reduce((sum, count) => sum + count, 0)
}

function listed(counts) {
  return Object.entries(counts)
    .sort()
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}
