import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A payment provider that honours idempotency keys, as the real ones do. */
export interface PaymentProvider {
  readonly url: string
  /** The key of every request that arrived, in order. */
  readonly asked: string[]
  /** What was charged, by key. */
  readonly charges: Map<string, { readonly id: string; readonly amount: number }>
  close(): Promise<void>
}

/** Starts it. */
export async function startProvider(): Promise<PaymentProvider> {
  const asked: string[] = []
  const charges: PaymentProvider['charges'] = new Map()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'])
      const { amount } = JSON.parse(Buffer.concat(chunks).toString()) as { amount: number }
      asked.push(key)
      const charge = charges.get(key) ?? { id: `charge-${charges.size + 1}`, amount }
      charges.set(key, charge)
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(charge))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    charges,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
