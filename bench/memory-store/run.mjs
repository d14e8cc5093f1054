// CPU of the server per request: a handler without a database, and the memory store around it.
import { withSides } from '../compare.mjs'
import { cost } from '../cost.mjs'
import { uniqueKeys } from '../orders.mjs'

/** Runs the benchmark; returns the rows of its table. */
export function memoryStore(effort) {
  return withSides([{ side: 'no-database' }, { side: 'memory' }], ([bare, ours], load) =>
    cost(
      [
        { row: 'the handler without a database', side: bare, requests: uniqueKeys },
        { row: 'the memory store around it', side: ours, requests: uniqueKeys },
      ],
      load,
      effort,
    ),
  )
}
