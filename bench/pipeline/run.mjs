// CPU of the server per request: bare Fastify, the pipeline without a key, the pipeline with a key (parsed, scoped,
// fingerprinted), around the same handler without a store.
import { withSides } from '../compare.mjs'
import { cost } from '../cost.mjs'

const BODY = JSON.stringify({ item: 'tea, green, 100 g', quantity: 2, note: 'Please leave it at the door.' })
// All get a header that is fresh in each request, so that the client's and the parser's work is the same.
const withoutKey = [{ body: BODY, headers: { 'X-Request-Key-0': '{id}' } }]
const withKey = [{ body: BODY, headers: { 'Idempotency-Key': '{id}' } }]

/** Runs the benchmark; returns the rows of its table. */
export function pipeline(effort) {
  return withSides([{ side: 'pipeline-bare' }, { side: 'pipeline' }], ([bare, ours], load) =>
    cost(
      [
        { row: 'bare Fastify, 201', side: bare, requests: withoutKey },
        { row: 'the pipeline without a store, no key', side: ours, requests: withoutKey },
        { row: 'the pipeline without a store, with a key', side: ours, requests: withKey },
      ],
      load,
      effort,
    ),
  )
}
