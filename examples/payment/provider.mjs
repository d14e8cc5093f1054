import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * Stands for a payment provider on the internet. As real ones do, it charges once per `Idempotency-Key`, and answers every
 * later request with that charge. And as real ones do, it is sometimes gone before its answer is: of every third charge
 * that it makes, the answer is lost. `GET /charges` lists the charges, and how often each was asked for.
 */
export async function startProvider(port, { isLost = (count) => count % 3 === 0 } = {}) {
  const charges = new Map()
  const server = createServer(async (request, response) => {
    const answer = (status, body) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
    const id = /^\/charges\/(\w+)$/.exec(request.url)?.[1]
    if (id !== undefined) {
      const charge = [...charges.values()].find((charge) => charge.id === id)
      return charge ? answer(200, charge) : answer(404, { message: 'There is no such charge.' })
    }
    if (request.method === 'GET') return answer(200, [...charges.values()])

    const key = request.headers['idempotency-key']
    const { amount, currency, customer } = JSON.parse(Buffer.concat(await request.toArray()).toString())
    // Nothing is awaited between the look and the entry, so two requests cannot both find the key unused.
    const known = charges.get(key)
    const charge = known ?? { id: `ch${charges.size + 1}`, amount, currency, customer, asked: 0 }
    charge.asked += 1
    charges.set(key, charge)
    if (known === undefined && (await isLost(charges.size))) return request.socket.destroy()
    answer(201, charge)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    charges,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}
