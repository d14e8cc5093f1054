import { fileURLToPath } from 'node:url'
import { spread } from '../spread.mjs'
import { loadOn, startSide } from '../start-side.mjs'

const SERVER = fileURLToPath(new URL('./server.mjs', import.meta.url))

/**
 * Puts `ours` beside `theirs` in interleaved rounds: one warm-up that does not count, then theirs, ours, theirs, ours …
 * Returns a row: both rates, the ratio of each round, and the ratio of the 99th percentiles.
 */
export async function compare({ name, goal, theirs, ours, load, expected = ['201'] }, { rounds, ms }) {
  const sides = [await startSide(SERVER, theirs), await startSide(SERVER, ours)]
  const seen = [[], []]
  try {
    for (let round = -1; round < rounds; round++) {
      for (const [index, side] of sides.entries()) {
        const result = await loadOn(side, { ms: round < 0 ? Math.max(ms, 1_500) : ms, ...load })
        const unexpected = Object.keys(result.statuses).filter((status) => !expected.includes(status))
        if (unexpected.length > 0) throw new Error(`${name}: answers of ${JSON.stringify(result.statuses)}`)
        if (round >= 0) seen[index].push(result)
      }
    }
  } finally {
    for (const side of sides) await side.stop()
  }
  const [bare, own] = seen
  const ratios = (pick) => own.map((one, round) => pick(one) / pick(bare[round]))
  return {
    case: name,
    'theirs/s': spread(
      bare.map(({ rate }) => rate),
      0,
    ),
    'ours/s': spread(
      own.map(({ rate }) => rate),
      0,
    ),
    ratio: spread(
      ratios(({ rate }) => rate),
      2,
    ),
    'p99 ratio': spread(
      ratios(({ p99 }) => p99),
      2,
    ),
    goal,
  }
}
