import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLedger } from '../../src/experiments/ledger.ts'
import { createClient } from '../../src/http/client.ts'
import { RequestsSpent } from '../../src/http/recorder.ts'
import { budgetedClient } from '../../src/smoke/budget.ts'

let asked = 0
const server = http.createServer((_, response) => {
  asked += 1
  response.end()
})
let origin: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  asked = 0
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** Sends until nothing more is let through, and says how many requests came to the server. */
async function sendAll(method: string, ledger = createLedger()): Promise<number> {
  const client = createClient({ origin })
  const budgeted = budgetedClient(client, ledger)
  try {
    for (let times = 0; times < 20; times++) await budgeted.send({ method, url: `${origin}/` })
  } catch (error) {
    expect(error).toBeInstanceOf(RequestsSpent)
  } finally {
    client.close()
  }
  return asked
}

/** A ledger of things that have to be deleted. */
function ledgerOf(count: number, proof?: ReadonlySet<string>) {
  const ledger = createLedger()
  for (let number = 0; number < count; number++) {
    const url = `${origin}/${number}`
    ledger.add({ creation: 'create', url, depth: 0, exchange: 0, removable: true, ...(proof && { proof }) })
  }
  return ledger
}

describe('the requests of one operation', () => {
  it('are ten', async () => {
    expect(await sendAll('GET')).toBe(10)
  })

  it('leave one for each thing that has to be deleted', async () => {
    expect(await sendAll('GET', ledgerOf(3))).toBe(7)
  })

  it('leave two for what is looked at before it is deleted', async () => {
    expect(await sendAll('GET', ledgerOf(3, new Set(['mark'])))).toBe(4)
  })

  it('create nothing that could not be deleted any more', async () => {
    expect(await sendAll('POST')).toBe(9)
  })
})
