// Proves the suite of kills: seeds one fault after the other into the servers, and expects each to be found. Prints how
// many kills it took; the kills are doubled until then. Exits 1 where a fault is not found. Takes minutes.
//
//   npm run crash:prove
//   npm run crash:prove -- early        (faults whose names have the word)
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { faults } from './faults.mjs'

const RUN = fileURLToPath(new URL('./run.mjs', import.meta.url))
const MOST_KILLS = 160

const [word = ''] = process.argv.slice(2)
let missed = 0
for (const [fault, { stores }] of Object.entries(faults).filter(([name]) => name.includes(word))) {
  for (const store of stores) {
    const found = search(fault, store)
    if (found === undefined) missed += 1
    console.log(
      found === undefined
        ? `FAIL  ${store.padEnd(8)} ${fault}: not found within ${MOST_KILLS} kills`
        : `ok    ${store.padEnd(8)} ${fault}: found within ${found.kills} kills: ${found.by}`,
    )
  }
}
process.exitCode = missed === 0 ? 0 : 1

function search(fault, store) {
  for (let kills = 5; kills <= MOST_KILLS; kills *= 2) {
    const args = ['--fault', fault, '--store', store, '--kills', String(kills), '--seed', '1']
    const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, ...args], {
      encoding: 'utf8',
      timeout: 300_000,
    })
    // What is found is either a sentence that does not hold, or an answer that no client may get.
    const by = /BROKEN {2}(.*)/.exec(stdout)?.[1] ?? /crash: (.*)/.exec(stderr)?.[1]
    if (status !== 0) return { kills, by }
  }
  return undefined
}
