// One side in a process of its own: node server.mjs '{"side":"sqlite-bare","file":…}'. Tells what it costs when asked, and
// purges in a loop while it is told to.
import { setImmediate } from 'node:timers/promises'
import { sides } from './sides/sides.mjs'

const { side, ...options } = JSON.parse(process.argv[2])
const { listen, facts, purge } = await sides[side](options)
let isPurging = false
let purged = 0
let loop

const answers = {
  cpu: () => process.cpuUsage(),
  rss() {
    // What V8 could give back to the system but keeps for later is no growth.
    globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    return process.memoryUsage.rss()
  },
  async purge({ on }) {
    isPurging = on
    if (on) loop = keepPurging()
    // What follows is measured without it, so the last one must be over.
    else await loop
    return purged
  },
}

process.on('message', async ({ ask, ...details }) => {
  if (ask === 'stop') process.exit(0)
  process.send(await answers[ask](details))
})
process.on('disconnect', () => process.exit(0))
process.send({ port: await listen(), facts })

async function keepPurging() {
  while (isPurging) {
    purged += await purge()
    // Requests have their turn between two of them even where a store needs no waiting to find that nothing is left.
    await setImmediate()
  }
}
