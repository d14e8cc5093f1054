import { figureOf } from './figures.mjs'

/**
 * CPU of the server process for each request of `cases` (`{ row, side, requests }`), in interleaved rounds; what is added
 * is told beside the first case. Only user time is compared. The kernel's share is shown: most of it is reading and
 * writing sockets, and waking whoever sleeps, which says more about the machine than about the server.
 */
export async function cost(cases, load, { costRounds, costAmount, warmAmount = costAmount }) {
  const costs = cases.map(() => [])
  // Twice through without counting: V8 compiles the hot paths late.
  for (let round = -2; round < costRounds; round++) {
    for (const [index, { side, requests }] of cases.entries()) {
      const amount = round < 0 ? warmAmount : costAmount
      const before = await side.cpu()
      await load.on(side, { amount, connections: 16, requests, spin: true })
      const after = await side.cpu()
      const spent = (kind) => (after[kind] - before[kind]) / costAmount
      if (round >= 0) costs[index].push({ user: spent('user'), system: spent('system') })
    }
  }
  const [base] = costs
  return cases.map(({ row }, index) => ({
    row,
    figures: {
      'user µs/request': figureOf(costs[index].map(({ user }) => user)),
      ...(index > 0 && { 'added user µs': figureOf(costs[index].map(({ user }, round) => user - base[round].user)) }),
      'kernel µs/request': figureOf(costs[index].map(({ system }) => system)),
    },
  }))
}
