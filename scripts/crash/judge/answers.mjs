import { pause } from '../pause.mjs'
import { send } from '../send.mjs'

// All of them would take longer than the kills; those nearest to one are the ones that can be wrong.
const MOST = 2_000
const AT_ONCE = 8

// Servers that have just been started may still be finding their database.
const PATIENCE_MS = 10_000

/**
 * Asks again, now that all is quiet: every retry replays the answer, and every Location leads to what was told.
 *
 * @param keys what became of every key; @param harms when something was killed or cut.
 */
export async function judgeAnswers(keys, harms, port, { hasReads }) {
  const acknowledged = nearestFirst(
    keys.filter(({ kind }) => kind === 'acknowledged'),
    harms,
  ).slice(0, MOST)
  const changed = []
  const astray = []
  await eachOf(acknowledged, async (key) => {
    const again = await decided(port, key.path, key)
    if (again.status !== key.status || again.body !== key.body || again.location !== key.location) {
      changed.push({ told: key, again })
    }
    if (!hasReads) return
    const found = await decided(port, key.location)
    if (found.status !== 200 || found.body !== key.body) astray.push({ told: key, found })
  })
  return [
    {
      sentence: `${acknowledged.length} keys asked again, nearest to a kill first, were answered the same`,
      wrong: changed,
    },
    ...(hasReads ? [{ sentence: `${acknowledged.length} Locations lead to what was told`, wrong: astray }] : []),
  ]
}

/** Those that were acknowledged just before something was killed or cut. */
function nearestFirst(keys, harms) {
  let next = harms.length - 1
  const distances = new Map()
  for (const key of [...keys].sort((one, other) => other.at - one.at)) {
    while (next > 0 && harms[next - 1] >= key.at) next -= 1
    const distance = harms.length > 0 ? harms[next] - key.at : 0
    distances.set(key, distance >= 0 ? distance : Number.POSITIVE_INFINITY)
  }
  return [...keys].sort((one, other) => distances.get(one) - distances.get(other))
}

async function decided(port, path, key) {
  const since = Date.now()
  for (;;) {
    const answer = await send(port, path, key)
    const isPassing = answer.status === 0 || answer.status >= 500 || answer.body.includes('idempotency-key-in-flight')
    if (!isPassing || Date.now() - since > PATIENCE_MS) return answer
    await pause(20)
  }
}

async function eachOf(all, step) {
  const left = [...all]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = left.pop(); one !== undefined; one = left.pop()) await step(one)
    }),
  )
}
