// Rolls a service out to a next version of the library and back, server by server on one database, under clients that
// retry; then ends one server a second by SIGTERM. Says what has to hold, and whether it does. Exits 1 where not.
//
//   npm run rollout -- --store sqlite,postgres --terms 10 --seed 1
import { parseArgs } from 'node:util'
import { openPostgres } from './crash/databases/postgres.mjs'
import { openSqlite } from './crash/databases/sqlite.mjs'
import { roll } from './rollout/roll.mjs'

const databases = { sqlite: openSqlite, postgres: openPostgres }

try {
  process.exitCode = (await run()) ? 0 : 1
} catch (error) {
  console.error(`rollout: ${error.message}`)
  process.exitCode = 1
}
process.exit()

async function run() {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', default: 'sqlite,postgres' },
      terms: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    },
  })
  const [terms, seed] = [Number(values.terms), Number(values.seed)]
  console.log(`rollout: over ${values.store}, ${terms} times SIGTERM, seed ${seed}`)
  let isRight = true
  for (const store of values.store.split(',')) {
    if (!Object.hasOwn(databases, store))
      throw new Error(`--store is ${Object.keys(databases).join(', ')}; seen: ${store}.`)
    const say = (text) => console.log(`rollout: ${store}: ${text}`)
    const { created, tries, unanswered, invariants } = await roll(store, { open: databases[store], seed, terms, say })
    say(`${created} created in ${tries} tries; without an answer, and sent again: ${listed(unanswered)}`)
    for (const { sentence, wrong } of invariants) {
      if (wrong.length > 0) isRight = false
      console.log(
        wrong.length === 0 ? `  holds   ${sentence}` : `  BROKEN  ${sentence}: not so for ${wrong.length}, e.g.`,
      )
      for (const example of wrong.slice(0, 3)) console.log(`          ${JSON.stringify(example)}`)
    }
  }
  console.log(isRight ? 'rollout: everything holds' : 'rollout: something does not hold; it stands above')
  return isRight
}

/** A server that is being replaced refuses connections; what it had heard, it answers. */
function listed(counts) {
  return (
    Object.entries(counts)
      .map(([code, count]) => `${count} ${code}`)
      .join(', ') || 'none'
  )
}
