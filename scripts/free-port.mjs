import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems give to connections (from 32,768): while a server is down, one of the clients that try
// to reach it must not get its port, or even connect to itself.
const FIRST = 10_000
const LAST = 32_000

/** A port of 127.0.0.1 that nobody listens on now, and no connection takes meanwhile. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST))
    const probe = createServer().listen(port, '127.0.0.1')
    try {
      await once(probe, 'listening')
    } catch {
      continue
    }
    probe.close()
    await once(probe, 'close')
    return port
  }
}
