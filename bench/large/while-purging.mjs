import { interleave, pick, ratios } from '../compare.mjs'
import { figureOf } from '../figures.mjs'

/** The row of one side at half of its peak load, with and without a purge in a loop, in interleaved rounds. */
export async function whilePurging(row, side, load, job, effort) {
  const [peaks] = await interleave([side], load, job, { ...effort, rounds: 1 })
  const [{ rate: peak }] = peaks
  const calm = []
  const purging = []
  const purged = []
  for (let round = 0; round < effort.rounds; round++) {
    const half = { ...job, ms: effort.ms, rate: peak / 2 }
    calm.push(await load.on(side, half))
    const begun = performance.now()
    const before = await side.purge(true)
    purging.push(await load.on(side, half))
    const count = (await side.purge(false)) - before
    purged.push((count * 1000) / (performance.now() - begun))
  }
  return {
    row,
    figures: {
      'sent/s': figureOf([...pick(calm, 'rate'), ...pick(purging, 'rate')], 0),
      'purged/s': figureOf(purged, 0),
      'calm p99, ms': figureOf(pick(calm, 'p99'), 2),
      'purging p99, ms': figureOf(pick(purging, 'p99'), 2),
      'p99 ratio': figureOf(ratios(calm, purging, 'p99'), 2),
    },
  }
}
