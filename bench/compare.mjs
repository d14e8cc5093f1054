import { figureOf } from './figures.mjs'
import { startLoad } from './start-load.mjs'
import { startSide } from './start-side.mjs'

// A slow disk must not make the warm-up longer than what is measured.
const WARM_AT_MOST_MS = 10_000

/** Starts the sides, each in a process of its own, and the load in one more; stops them when `work` is done. */
export async function withSides(options, work) {
  const load = startLoad()
  const sides = []
  try {
    // One after the other: two that start at once on one database would both create its tables.
    for (const each of options) sides.push(await startSide(each))
    return await work(sides, load)
  } finally {
    await load.stop()
    for (const side of sides) await side.stop()
  }
}

/**
 * Runs `job` on each side in turn, round after round, since a machine drifts. Before that each side gets requests that do
 * not count, so many that V8 has compiled what it will: counted by time, a slow machine would measure the interpreter.
 * Returns the results of each side by round, with the CPU time of the server's process for each request (`serverUs`).
 */
export async function interleave(sides, load, job, { rounds, ms, warmRequests }) {
  const { rate: _atFullSpeed, ...warming } = job
  for (const side of sides) {
    await load.on(side, { ...warming, connections: 64, amount: warmRequests, ms: WARM_AT_MOST_MS })
  }
  const seen = sides.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const before = await side.cpu()
      const result = await load.on(side, { ms, ...job })
      const { user, system } = await side.cpu()
      const serverUs = (user - before.user + system - before.system) / result.count
      seen[index].push({ ...result, serverUs })
    }
  }
  return seen
}

/**
 * The row of two sides: both rates, the ratios of the rates and of the 99th percentiles by round, and what a request costs
 * the server process. That is no goal's, but on a machine with other work it says more than the rates.
 */
export function besides(row, [theirs, ours]) {
  return {
    row,
    figures: {
      'theirs/s': figureOf(pick(theirs, 'rate'), 0),
      'ours/s': figureOf(pick(ours, 'rate'), 0),
      ratio: figureOf(ratios(theirs, ours, 'rate'), 2),
      'p99 ratio': figureOf(ratios(theirs, ours, 'p99'), 2),
      'their CPU, µs': figureOf(pick(theirs, 'serverUs'), 0),
      'our CPU, µs': figureOf(pick(ours, 'serverUs'), 0),
    },
  }
}

/** One property of each round. */
export function pick(results, name) {
  return results.map((result) => result[name])
}

/** Ours by theirs, round by round. */
export function ratios(theirs, ours, name) {
  return ours.map((result, round) => result[name] / theirs[round][name])
}
