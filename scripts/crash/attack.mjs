import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooserFor } from './choose.mjs'
import { createUntilStopped } from './clients.mjs'
import { harmsTo } from './harms.mjs'
import { judgeRelease } from './judge/after-release.mjs'
import { judgeAnswers } from './judge/answers.mjs'
import { judgeEffects } from './judge/effects.mjs'
import { judgeRows } from './judge/rows.mjs'
import { pause } from './pause.mjs'
import { createRandom } from './random.mjs'
import { startServers } from './servers.mjs'

const SERVERS = 2
const CLIENTS = 8

/**
 * Kills and cuts one store under clients that retry, until it has been done `kills` times, and judges what is left.
 *
 * Returns what was done and created, by kind, and the sentences that have to hold, each with what speaks against it.
 * Throws where a client was told what it must never be told, and what `interrupted` rejects with.
 */
export async function attack(store, { open, fault, ...options }) {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-crash-'))
  const ends = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    const database = await open(folder)
    ends.unshift(database.close)
    const { servers, stop } = await startServers({ store, fault, ...database.server }, SERVERS)
    ends.unshift(stop)
    return await fireAt(database, servers, options)
  } finally {
    for (const end of ends) await end()
  }
}

async function fireAt(database, servers, { kills, seed, interrupted, onHarm }) {
  const keys = []
  let isStopped = false
  const working = createUntilStopped({
    ports: servers.map(({ port }) => port),
    clients: CLIENTS,
    // Of their own, so that the plan does not depend on how often they try.
    random: createRandom(seed + 1),
    choose: chooserFor(database),
    keys,
    isStopped: () => isStopped,
  })
  const failed = working.then(() => new Promise(() => {}))
  // Heard of when the harm that is being done has ended, if not before.
  failed.catch(() => {})

  const random = createRandom(seed)
  const possible = harmsTo(database)
  const done = {}
  const times = []
  try {
    for (let killed = 0; killed < kills; ) {
      await pause(20 + random() * 120)
      const server = servers[Math.floor(random() * servers.length)]
      const harm = drawFrom(possible, random())
      times.push(Date.now())
      await Promise.race([harm.act(server, random), failed, interrupted])
      done[harm.kind] = (done[harm.kind] ?? 0) + 1
      if (harm.isKill) killed += 1
      onHarm(killed)
    }
  } finally {
    isStopped = true
  }
  const { tries } = await working
  const invariants = await judge(database, keys, times, servers[0].port)
  return { harms: done, keys: countsOf(keys), tries, invariants }
}

function countsOf(keys) {
  const counts = {}
  for (const { path, kind } of keys) {
    const name = `${path} ${kind}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

async function judge(database, keys, harms, port) {
  if (database.effects === undefined) {
    const rows = { orders: await database.rows('orders'), named: await database.rows('named') }
    return [...judgeRows(keys, rows), ...(await judgeAnswers(keys, harms, port, { hasReads: true }))]
  }
  return [
    ...judgeEffects(keys, database.effects()),
    ...(await judgeAnswers(keys, harms, port, { hasReads: false })),
    ...(await judgeRelease(keys, database, port)),
  ]
}

function drawFrom(harms, share) {
  let left = share * harms.reduce((sum, harm) => sum + harm.share, 0)
  for (const harm of harms) {
    left -= harm.share
    if (left < 0) return harm
  }
  return harms.at(-1)
}
