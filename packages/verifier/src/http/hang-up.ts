import type { Exchange } from '../exchange/exchange.ts'
import { failureReason } from './failure-reason.ts'
import type { PreparedRequest, WireLimits } from './race.ts'
import { flush, openConnection } from './raw-connection.ts'
import { toWire } from './wire-request.ts'

/**
 * Sends a whole request and leaves without reading: what a client does that loses its network or its patience.
 * The server has everything it needs to go on; the answer reaches nobody.
 */
export async function hangUp(prepared: PreparedRequest, limits: Pick<WireLimits, 'timeoutMs'>): Promise<Exchange> {
  const { request, url, headers, open } = prepared
  try {
    const socket = await openConnection(url, limits.timeoutMs)
    socket.on('error', () => {})
    await flush(socket, toWire(request, url, headers))
    // end() before destroy() lets the content out ahead of the close; a bare destroy may reset and discard it.
    await new Promise<void>((resolve) => socket.end(resolve))
    socket.destroy()
    return open.failed('hung-up', 'the whole request was sent, then the connection was closed without reading')
  } catch (error) {
    return open.failed(failureReason(error), (error as Error).message)
  }
}
