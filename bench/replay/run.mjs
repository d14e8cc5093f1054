// Replays of one completed key, beside Fastify answering a constant 201.
import { besides, interleave, withSides } from '../compare.mjs'
import { sameKey } from '../orders.mjs'

/** Runs the benchmark; returns the row of its table. */
export function replay(effort) {
  return withSides([{ side: 'constant' }, { side: 'memory' }], async (sides, load) => [
    besides(
      'replay of a completed key, beside a constant 201',
      await interleave(sides, load, { requests: sameKey, connections: 64, spin: true }, effort),
    ),
  ])
}
