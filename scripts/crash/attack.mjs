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
export async function attack(store, { open, kills, seed, fault, interrupted, onHarm }) {
  // Of its own, so that the plan does not depend on how often clients try.
  const random = createRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'createonce-crash-'))
  const database = await open(folder)
  const running = await startServers({ store, fault, ...database.server }, SERVERS)
  const { servers } = running
  const keys = []
  const harms = []
  let isStopped = false
  const working = createUntilStopped({
    ports: servers.map(({ port }) => port),
    clients: CLIENTS,
    random: createRandom(seed + 1),
    choose: chooserFor(database),
    keys,
    isStopped: () => isStopped,
  })
  const failed = working.then(() => new Promise(() => {}))
  failed.catch(() => {
    isStopped = true
  })

  try {
    const done = {}
    const possible = harmsTo(database)
    for (let killed = 0; killed < kills; ) {
      await pause(20 + random() * 120)
      const server = servers[Math.floor(random() * servers.length)]
      const harm = drawFrom(possible, random())
      await Promise.race([harm.act(server, random), failed, interrupted])
      harms.push(Date.now())
      done[harm.kind] = (done[harm.kind] ?? 0) + 1
      if (harm.isKill) killed += 1
      onHarm(killed)
    }
    isStopped = true
    const { tries } = await working
    const [{ port }] = servers
    const created = {}
    for (const { path, kind } of keys) {
      const name = `${path} ${kind}`
      created[name] = (created[name] ?? 0) + 1
    }
    return { harms: done, keys: created, tries, invariants: await judge(database, keys, harms, port) }
  } finally {
    isStopped = true
    await running.stop()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
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
