import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooserFor } from '../crash/choose.mjs'
import { createUntilStopped } from '../crash/clients.mjs'
import { judgeAnswers } from '../crash/judge/answers.mjs'
import { judgeRows } from '../crash/judge/rows.mjs'
import { pause } from '../crash/pause.mjs'
import { createRandom } from '../crash/random.mjs'
import { startServers } from '../crash/servers.mjs'
import { makeNextVersion } from './next-version.mjs'

const SERVERS = 2
const CLIENTS = 8
// Long enough for hundreds of creations between two steps.
const STEP_MS = 1_000
const MIGRATIONS = { sqlite: 'createonce_migration', postgres: 'createonce.migration' }

/**
 * Rolls a service out to the next version, server by server, and back, under clients that retry; then asks one server
 * a second to end, `terms` times. Returns what was created and the sentences that have to hold.
 */
export async function roll(store, { open, seed, terms, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-rollout-'))
  const ends = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    const next = await makeNextVersion(join(folder, 'next'))
    const database = await open(folder)
    ends.unshift(database.close)
    const { servers, stop } = await startServers({ store, ...database.server }, SERVERS)
    ends.unshift(stop)
    return await underLoad(store, database, servers, { next, seed, terms, say })
  } finally {
    for (const end of ends) await end()
  }
}

async function underLoad(store, database, servers, { next, seed, terms, say }) {
  const keys = []
  let isStopped = false
  const working = createUntilStopped({
    ports: servers.map(({ port }) => port),
    clients: CLIENTS,
    random: createRandom(seed),
    choose: chooserFor(database),
    keys,
    isStopped: () => isStopped,
  })
  const failed = working.then(() => new Promise(() => {}))
  // Heard of when the step that is being done has ended, if not before.
  failed.catch(() => {})
  const times = []
  const step = async (what, act) => {
    say(`${what}; ${keys.length} created so far`)
    await pause(STEP_MS)
    times.push(Date.now())
    await Promise.race([act(), failed])
  }

  const [first, second] = servers
  try {
    await step('the next version beside this one', () => first.replace(next))
    await step('the next version alone', () => second.replace(next))
    await step('back: this version, on the schema of the next', () => first.replace())
    await step('back in both', () => second.replace())
    for (let term = 0; term < terms; term++) {
      await step(`SIGTERM ${term + 1} of ${terms}`, () => servers[term % SERVERS].replace())
    }
    await pause(STEP_MS)
  } finally {
    isStopped = true
  }
  const { tries, unanswered } = await working
  const changes = (await database.rows(MIGRATIONS[store])).map(({ number }) => number)
  const rows = { orders: await database.rows('orders'), named: await database.rows('named') }
  const invariants = [
    { sentence: `${keys.length} requests were answered in the end, and none failed`, wrong: keys.filter(isFailed) },
    {
      sentence: `the schema of the next version was there all the while (${changes.length} changes)`,
      wrong: changes.length > 1 && changes.includes(changes.length) ? [] : [changes],
    },
    ...judgeRows(keys, rows),
    ...(await judgeAnswers(keys, times, first.port, { hasReads: true })),
  ]
  return { created: keys.length, tries, unanswered, invariants }
}

function isFailed({ kind }) {
  return kind !== 'acknowledged'
}
