// CPU of the server per request: each framework's own handler, and beside it a creation through our adapter, without a
// store, without a key and with one; for two frameworks also a guard around that handler.
import { withSides } from '../compare.mjs'
import { cost } from '../cost.mjs'
import { say } from '../say.mjs'

const BODY = JSON.stringify({ item: 'tea, green, 100 g', quantity: 2, note: 'Please leave it at the door.' })
// All get a header that is fresh in each request, so that the client's and the parser's work is the same.
const withoutKey = [{ body: BODY, headers: { 'X-Request-Key-0': '{id}' } }]
const withKey = [{ body: BODY, headers: { 'Idempotency-Key': '{id}' } }]

const frameworks = [
  { name: 'node:http', bare: 'node-bare', creation: 'node-creation' },
  { name: 'Express 4', bare: 'express-bare', creation: 'express-creation', options: { version: 4 } },
  {
    name: 'Express 5',
    bare: 'express-bare',
    creation: 'express-creation',
    guard: 'express-guarded',
    options: { version: 5 },
  },
  { name: 'Fastify', bare: 'pipeline-bare', creation: 'pipeline' },
  { name: 'Koa', bare: 'koa-bare', creation: 'koa-creation' },
  { name: 'Hono', bare: 'hono-bare', creation: 'hono-creation', guard: 'hono-guarded' },
  { name: 'fetch', bare: 'fetch-bare', creation: 'fetch-creation' },
  { name: 'Nest on Express', bare: 'nest-bare', creation: 'nest-creation', options: { platform: 'express' } },
  { name: 'Nest on Fastify', bare: 'nest-bare', creation: 'nest-creation', options: { platform: 'fastify' } },
]

/** Runs the benchmark, one framework after the other; returns the rows of its table. */
export async function adapters(effort) {
  const rows = []
  for (const framework of frameworks) {
    say(framework.name)
    rows.push(...(await beside(framework, effort)))
  }
  return rows
}

function beside({ name, bare, creation, guard, options }, { costRounds, costAmount }) {
  const kinds = [bare, creation, guard].filter((side) => side !== undefined)
  return withSides(
    kinds.map((side) => ({ side, ...options })),
    ([theirs, ...ours], load) => {
      const cases = ours.flatMap((side, index) => {
        const what = index === 0 ? 'a creation' : 'a guard'
        return [
          { row: `${name}, ${what}, no key`, side, requests: withoutKey },
          { row: `${name}, ${what}, with a key`, side, requests: withKey },
        ]
      })
      // Shorter turns than elsewhere: there are many rows.
      const all = [{ row: name, side: theirs, requests: withoutKey }, ...cases]
      return cost(all, load, { costRounds, costAmount: Math.ceil(costAmount / 3), warmAmount: costAmount })
    },
  )
}
