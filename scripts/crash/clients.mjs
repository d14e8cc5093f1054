import { randomUUID } from 'node:crypto'

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Clients that create one thing after the other, each under a key of its own, and retry with the same key through any
 * server until they are told 201. Returns what was acknowledged, by item.
 */
export async function createUntilStopped({ ports, clients, random, isStopped }) {
  const acknowledged = new Map()
  let tries = 0
  let serial = 0

  async function send(path, key, item) {
    const port = ports[Math.floor(random() * ports.length)]
    tries += 1
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ item }),
        signal: AbortSignal.timeout(5_000),
      })
      return { status: response.status, location: response.headers.get('location'), body: await response.text() }
    } catch (error) {
      return { status: 0, body: String(error) }
    }
  }

  async function client(index) {
    while (!isStopped()) {
      const item = `item-${index}-${++serial}`
      const key = randomUUID()
      const path = random() < 0.5 ? '/created' : '/declared'
      let answer = await send(path, key, item)
      const since = Date.now()
      while (answer.status !== 201) {
        if (answer.status >= 400 && answer.status !== 409 && answer.status < 500) {
          throw new Error(`${path} ${key}: a retry was answered ${answer.status} ${answer.body}`)
        }
        if (Date.now() - since > 20_000)
          console.log(`crash: ${path} ${key} is not acknowledged: ${answer.status} ${answer.body}`)
        await pause(5 + random() * 30)
        answer = await send(path, key, item)
      }
      acknowledged.set(item, { path, ...answer })
      // Now and then the answer is asked for again: it has to be the same one.
      if (random() < 0.1) {
        const again = await send(path, key, item)
        if (again.status === 201 && again.body !== answer.body) {
          throw new Error(`${path} ${key}: acknowledged ${answer.body}, and then ${again.body}`)
        }
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)))
  return { acknowledged, tries }
}
