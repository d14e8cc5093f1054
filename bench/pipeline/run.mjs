// CPU of the server per request: bare Fastify, the pipeline without a key, the pipeline with a key (parsed, scoped,
// fingerprinted), around the same handler without a store. Interleaved rounds in one run, since the machine drifts.

import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { spread } from '../spread.mjs'

const BODY = JSON.stringify({ item: 'tea, green, 100 g', quantity: 2, note: 'Please leave it at the door.' })
const GOAL_US = 15

/** Runs the benchmark; returns the rows of its table. */
export async function pipeline({ rounds, amount }) {
  const bare = await start('bare')
  const createonce = await start('createonce')
  const cases = [
    { name: 'bare Fastify, 201', server: bare, withKey: false },
    { name: 'pipeline, no key', server: createonce, withKey: false },
    { name: 'pipeline, key', server: createonce, withKey: true },
  ]
  const costs = cases.map(() => [])
  // Twice through without counting: V8 compiles the hot paths late.
  for (let round = -2; round < rounds; round++) {
    for (const [index, each] of cases.entries()) {
      const spent = await cost(each, amount)
      if (round >= 0) costs[index].push(spent)
    }
  }
  for (const { child } of [bare, createonce]) child.kill()

  // The kernel's share is shown and not compared: most of it is waking the load generator, which sleeps the longer the
  // slower a server is, and on a virtual machine a wake-up costs more than a whole request.
  const [base] = costs
  return cases.map(({ name }, index) => ({
    case: name,
    'user µs/request': spread(costs[index].map(({ user }) => user)),
    'added user µs': index === 0 ? '' : spread(costs[index].map(({ user }, round) => user - base[round].user)),
    'kernel µs/request': spread(costs[index].map(({ system }) => system)),
    goal: index === 0 ? '' : `≤ ${GOAL_US} µs added`,
  }))
}

async function start(side) {
  const child = fork(fileURLToPath(new URL('./server.mjs', import.meta.url)), [side], { stdio: 'inherit' })
  const [{ port }] = await once(child, 'message')
  return { child, url: `http://127.0.0.1:${port}/orders` }
}

async function cost({ server, withKey }, amount) {
  const before = await cpuOf(server.child)
  const headers = { 'content-type': 'application/json' }
  // Both sides get a header that is fresh in each request, so that the client's and the parser's work is the same.
  const name = withKey ? 'idempotency-key' : 'x-request-key'
  const result = await autocannon({
    url: server.url,
    connections: 16,
    amount,
    requests: [
      {
        method: 'POST',
        headers,
        body: BODY,
        setupRequest: (request) => ({ ...request, headers: { ...headers, [name]: randomUUID() } }),
      },
    ],
  })
  if (result['2xx'] !== amount)
    throw new Error(`expected ${amount} answers of 2xx, got ${JSON.stringify(result.statusCodeStats)}`)
  const after = await cpuOf(server.child)
  return { user: (after.user - before.user) / amount, system: (after.system - before.system) / amount }
}

async function cpuOf(child) {
  child.send('cpu')
  const [{ cpu }] = await once(child, 'message')
  return cpu
}
