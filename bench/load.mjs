// A load generator that costs little beside what it measures: raw keep-alive sockets, one request at a time on each,
// answers framed by Content-Length. Runs in a process of its own: node load.mjs '{"port":…,"connections":64,"ms":2000}'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

/**
 * Sends requests for `ms` milliseconds; returns the rate, the latencies' percentiles in milliseconds, and the answers by
 * status. `body` and `key` are templates: `{n}` is a running number, `{id}` a fresh UUID.
 */
export async function load({ port, connections, ms, path = '/orders', body, key, rate }) {
  const statuses = {}
  const latencies = []
  let sent = 0
  const startedAt = performance.now()
  const endsAt = startedAt + ms
  const fill = (template) => template.replaceAll('{n}', String(sent)).replaceAll('{id}', randomUUID())

  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
      // With a rate, each connection keeps to its own beat; what is late counts from when it was due.
      const beat = rate === undefined ? 0 : (connections * 1000) / rate
      let due = startedAt + (beat * index) / connections
      while (performance.now() < endsAt) {
        if (beat > 0) {
          const wait = due - performance.now()
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        }
        const begun = beat > 0 ? due : performance.now()
        due += beat
        sent += 1
        const text = fill(body)
        const header = key === undefined ? '' : `Idempotency-Key: ${fill(key)}\r\n`
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${header}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        )
        const status = await answer(socket)
        latencies.push(performance.now() - begun)
        statuses[status] = (statuses[status] ?? 0) + 1
      }
      socket.destroy()
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { rate: latencies.length / seconds, p50: at(0.5), p99: at(0.99), statuses, count: latencies.length }
}

function answer(socket) {
  return new Promise((resolve, reject) => {
    let seen = ''
    const read = (chunk) => {
      seen += chunk.toString('latin1')
      const end = seen.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = Number(/content-length: (\d+)/i.exec(seen.slice(0, end))?.[1] ?? 0)
      if (seen.length < end + 4 + length) return
      socket.off('data', read)
      socket.off('close', closed)
      resolve(seen.slice(9, 12))
    }
    const closed = () => reject(new Error('the server closed a connection'))
    socket.on('data', read)
    socket.once('close', closed)
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await load(JSON.parse(process.argv[2]))))
}
