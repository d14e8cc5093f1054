import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * Stands for a mail service on the internet that honours `Idempotency-Key`: it sends one mail per key and answers every
 * later request with the first one's answer. `GET` lists the mails, and how often each was asked for.
 */
export async function startMailService(port) {
  const mails = new Map()
  const server = createServer(async (request, response) => {
    const answer = (status, body) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
    if (request.url !== '/mails') return answer(404, { detail: 'There is only /mails.' })
    if (request.method === 'GET') return answer(200, [...mails.values()])
    const key = request.headers['idempotency-key']
    const chunks = await request.toArray()
    if (key === undefined) return answer(400, { detail: 'Idempotency-Key is missing.' })
    let wanted
    try {
      wanted = JSON.parse(Buffer.concat(chunks).toString())
    } catch {
      return answer(400, { detail: 'The body is not JSON.' })
    }
    // Nothing is awaited between the look and the entry, so two requests cannot both find the key unused.
    const mail = mails.get(key) ?? { key, ...wanted, asked: 0 }
    mail.asked += 1
    mails.set(key, mail)
    return answer(200, { key })
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}/mails`,
    mails,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}
