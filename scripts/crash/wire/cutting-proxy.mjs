import { once } from 'node:events'
import { connect, createServer } from 'node:net'

// Creations never rest, so a message that does not come within this time is not recognised any more.
const LONGEST_MS = 20_000

/** When a connection can be cut, seen from the message that decides. */
export const moments = ['before', 'during', 'after']

/**
 * Starts a TCP proxy in front of a database that reads what passes, and can cut a connection at the message that
 * decides: before it is forwarded, after it is forwarded and without its answer, or after its answer.
 *
 * @param wire how the database is spoken; see `postgres-wire.mjs`.
 */
export async function startProxy(target, wire) {
  let armed
  const listener = createServer((client) => {
    client.setNoDelay(true)
    const server = connect(target, '127.0.0.1').setNoDelay(true)
    pass(client, server)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')

  function pass(client, server) {
    const requests = wire.requests()
    const answers = wire.answers()
    let unanswered = 0
    /** How many answers are left until the one with which the connection ends, and whether they pass. */
    let awaited

    client.on('error', () => {})
    server.on('error', () => {})
    client.on('data', (chunk) => {
      for (const message of requests(chunk)) {
        const cutting = message.mark !== undefined && armed?.mark === message.mark ? armed : undefined
        if (cutting?.moment === 'before') return hit(cut)
        unanswered += message.asks
        server.write(message.bytes)
        if (cutting === undefined) continue
        // From `during` on nothing passes back, and the database works on: slowly, for one who asks again at once.
        const passesBack = cutting.moment === 'after'
        awaited = { left: Math.max(1, unanswered), passesBack }
        hit(() => passesBack || cutting.isSlow || client.destroy())
      }
    })
    server.on('data', (chunk) => {
      for (const { bytes, ends } of answers(chunk)) {
        if (awaited?.passesBack !== false) client.write(bytes)
        if (!ends) continue
        unanswered -= 1
        if (awaited === undefined) continue
        awaited.left -= 1
        if (awaited.left === 0) return cut()
      }
    })
    server.on('close', () => client.destroy())
    client.on('close', () => {
      // A connection that was cut while the database works ends with the answer.
      if (awaited === undefined || awaited.passesBack) server.destroy()
    })

    function cut() {
      // What has been passed on arrives before the end.
      client.destroySoon()
      server.destroy()
    }
  }

  function hit(step) {
    const { done } = armed
    armed = undefined
    step()
    done()
  }

  return {
    port: listener.address().port,
    /**
     * Cuts the next connection that sends a message with the mark; resolves when it has been met. With `isSlow`, one
     * that is cut during it hears of its end only when the database has worked.
     */
    cut(mark, moment, isSlow = false) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          armed = undefined
          reject(new Error(`No message with ${mark} has passed for ${LONGEST_MS} ms: is it still recognised?`))
        }, LONGEST_MS)
        armed = {
          mark,
          moment,
          isSlow,
          done() {
            clearTimeout(late)
            resolve()
          },
        }
      })
    },
    close: () => void listener.close(),
  }
}
