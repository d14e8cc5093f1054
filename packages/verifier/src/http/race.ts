import type net from 'node:net'
import type { Exchange, HeaderLine } from '../exchange/exchange.ts'
import { failureReason } from './failure-reason.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { flush, openConnection } from './raw-connection.ts'
import type { OpenExchange } from './recorder.ts'
import { toWire } from './wire-request.ts'
import { parseWire } from './wire-response.ts'

/** A request with everything that a connection of its own needs. */
export interface PreparedRequest {
  readonly request: OutgoingRequest
  readonly url: URL
  readonly headers: readonly HeaderLine[]
  readonly open: OpenExchange
}

/** Limits on the raw connections. */
export interface WireLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
  /** Waits a moment between filling the lanes of a race and releasing them. */
  readonly settle: () => Promise<void>
}

/**
 * Last-byte synchronisation: every request is sent but for its last byte, and when all of that has left, the
 * last bytes go out together. Without it a fast server answers the first before the last has arrived, and
 * a race that the server would lose is passed by luck.
 */
export async function race(prepared: readonly PreparedRequest[], limits: WireLimits): Promise<Exchange[]> {
  const lanes = await Promise.all(prepared.map((one) => hold(one, limits)))
  // What the operating system has taken is on its way; a server that has not read it yet would get a whole request
  // at once and could finish it before it looks at the next.
  await limits.settle()
  const started = performance.now()
  for (const lane of lanes) {
    if (lane.kind !== 'held') continue
    lane.open.sent()
    lane.socket.write(lane.lastByte)
  }
  return await Promise.all(
    lanes.map((lane) => (lane.kind === 'held' ? readAnswer(lane.socket, lane.open, started, limits) : lane.exchange)),
  )
}

type Lane =
  | { readonly kind: 'held'; readonly socket: net.Socket; readonly lastByte: Buffer; readonly open: OpenExchange }
  | { readonly kind: 'lost'; readonly exchange: Exchange }

async function hold({ request, url, headers, open }: PreparedRequest, limits: WireLimits): Promise<Lane> {
  const bytes = toWire(request, url, headers)
  try {
    const socket = await openConnection(url, limits.timeoutMs)
    // Errors between now and the reading show up there as a closed connection.
    socket.on('error', () => {})
    await flush(socket, bytes.subarray(0, -1))
    return { kind: 'held', socket, lastByte: bytes.subarray(-1), open }
  } catch (error) {
    return { kind: 'lost', exchange: open.failed(failureReason(error), (error as Error).message) }
  }
}

function readAnswer(socket: net.Socket, open: OpenExchange, started: number, limits: WireLimits): Promise<Exchange> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    let settled = false
    const settle = (make: () => Exchange) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      socket.destroy()
      resolve(make())
    }
    const tryParse = (ended: boolean) => {
      try {
        const parsed = parseWire(bytes, ended)
        const ms = Math.round((performance.now() - started) * 10) / 10
        if (parsed !== undefined) settle(() => open.answered({ ...parsed, ms }))
        else if (ended) settle(() => open.failed('reset', 'the connection was closed before the answer was complete'))
      } catch (error) {
        settle(() => open.failed('not-http', (error as Error).message))
      }
    }
    const timer = setTimeout(
      () => settle(() => open.failed('timeout', `no complete answer within ${limits.timeoutMs} ms`)),
      limits.timeoutMs,
    )
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (bytes.length > limits.maxBytes) {
        settle(() => open.failed('too-large', `the answer is larger than ${limits.maxBytes} bytes`))
      } else tryParse(false)
    })
    socket.on('close', () => tryParse(true))
    // The socket may have died while the others were still being filled; its 'close' is then past.
    if (socket.destroyed) tryParse(true)
  })
}
