import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems give to whoever asks for any (from 32,768): a server of another test, or a connection,
// must not get it before the one that it is meant for has started.
const FIRST = 10_000
const LAST = 32_000

/** A port of 127.0.0.1 that nobody listens on now, and nobody is given meanwhile. */
export async function freePort(): Promise<number> {
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
