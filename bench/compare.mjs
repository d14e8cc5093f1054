import { figureOf } from './figures.mjs'
import { startLoad } from './start-load.mjs'
import { startSide } from './start-side.mjs'

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
 * Runs `job` on each side in turn, round after round, since a machine drifts; the first time through does not count,
 * since V8 compiles late. Returns the results of each side by round.
 */
export async function interleave(sides, load, job, { rounds, ms, warmMs }) {
  const seen = sides.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const result = await load.on(side, { ms: round < 0 ? warmMs : ms, ...job })
      if (round >= 0) seen[index].push(result)
    }
  }
  return seen
}

/** The row of two sides: both rates, and by round the ratios of the rates and of the 99th percentiles. */
export function besides(row, [theirs, ours]) {
  return {
    row,
    figures: {
      'theirs/s': figureOf(pick(theirs, 'rate'), 0),
      'ours/s': figureOf(pick(ours, 'rate'), 0),
      ratio: figureOf(ratios(theirs, ours, 'rate'), 2),
      'p99 ratio': figureOf(ratios(theirs, ours, 'p99'), 2),
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
