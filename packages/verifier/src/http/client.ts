import type { Exchange, HeaderLine } from '../exchange/exchange.ts'
import { createBackOff } from './back-off.ts'
import { hangUp } from './hang-up.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { createPace } from './pace.ts'
import { race } from './race.ts'
import { createRecorder } from './recorder.ts'
import { withDefaults } from './request-headers.ts'
import { createTransport } from './transport.ts'

/** Limits of a client; every one has a default that suits a run against loopback. */
export interface ClientOptions {
  /** Sent on every request to the target's origin. @default none */
  readonly headers?: readonly HeaderLine[]
  /** The only origin that the client calls: credentials must not travel to a host that a Location names. */
  readonly origin: string
  /** Milliseconds for one request. @default 10000 */
  readonly timeoutMs?: number
  /** Requests in the whole run. @default 5000 */
  readonly maxRequests?: number
  /** Requests a second. @default no limit */
  readonly rate?: number
  /** Bytes of one response. @default 5 MiB */
  readonly maxResponseBytes?: number
  readonly sleep?: (ms: number) => Promise<void>
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number
}

/** Sends requests and remembers every exchange. */
export interface Client {
  /**
   * Sends one request, and again after the wait that a 429 asks for, up to a minute. Never rejects for the network's sake: a missing
   * answer is an exchange with `failure`.
   */
  send(request: OutgoingRequest): Promise<Exchange>
  /** Releases the last byte of all requests together, over a connection each. */
  race(requests: readonly OutgoingRequest[]): Promise<Exchange[]>
  /** Sends a whole request and destroys the connection without reading the answer. */
  hangUp(request: OutgoingRequest): Promise<Exchange>
  /** From now on nothing is sent; what is under way ends as it would. */
  stop(): void
  /** From now on everything is sent, stopped or not, limit or not. */
  cleanUp(): void
  /** Lets go of every exchange up to this id that is not among those to keep. */
  forget(upTo: number, keep: (id: number) => boolean): void
  readonly exchanges: readonly Exchange[]
  readonly count: number
  close(): void
}

// Longer than a packet takes within a data centre, and too short to be felt.
const raceSettleMs = 20
const fiveMebibytes = 5 * 1024 * 1024

/** Makes the client of one run. */
export function createClient(options: ClientOptions): Client {
  const timeoutMs = options.timeoutMs ?? 10_000
  const maxBytes = options.maxResponseBytes ?? fiveMebibytes
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  const now = options.now ?? Date.now
  let isStopped = false
  const recorder = createRecorder(options.maxRequests ?? 5000)
  const pace = createPace(options.rate, () => performance.now(), sleep)
  const { rest, isWorthWaiting } = createBackOff(sleep, now, () => isStopped)
  const { attempt, close } = createTransport({ timeoutMs, maxBytes })

  let races = 0
  const prepare = (request: OutgoingRequest, raceOf?: number) => {
    const url = new URL(request.url)
    const headers = withDefaults(
      request,
      url.origin === options.origin ? (request.principal ?? options.headers ?? []) : [],
    )
    const open = recorder.open({ method: request.method, url: url.href, headers, body: asText(request.body) }, raceOf)
    return { url, headers, open }
  }

  /** A request that was refused for our pace did nothing (RFC 6585 §4), so that it may be sent again, a POST too. */
  const send = async (request: OutgoingRequest): Promise<Exchange> => {
    for (let times = 0; ; times++) {
      const exchange = await sendOnce(request)
      if (!(await isWorthWaiting(exchange, times))) return exchange
    }
  }

  const sendOnce = async (request: OutgoingRequest): Promise<Exchange> => {
    await rest()
    const { url, headers, open } = prepare(request)
    await pace()
    const outcome = await attempt({ ...request, headers }, url, open)
    // Only a safe request that met a connection which the server was just closing is sent again, and only once:
    // a POST that may have been processed is never repeated by us (RFC 9110 §9.2.2).
    return outcome === 'stale' ? ((await attempt({ ...request, headers }, url, open, true)) as Exchange) : outcome
  }

  const wire = { timeoutMs, maxBytes, settle: () => sleep(raceSettleMs) }
  return {
    send,
    async race(requests) {
      await rest()
      races += 1
      const prepared = requests.map((request) => ({ request, ...prepare(request, races) }))
      for (const _ of prepared) await pace()
      return await race(prepared, wire)
    },
    async hangUp(request) {
      await rest()
      const prepared = { request, ...prepare(request) }
      await pace()
      return await hangUp(prepared, wire)
    },
    stop() {
      isStopped = true
      recorder.stop()
    },
    cleanUp() {
      isStopped = false
      recorder.cleanUp()
    },
    forget: recorder.forget,
    get exchanges() {
      return recorder.exchanges
    },
    get count() {
      return recorder.count
    },
    close,
  }
}

function asText(body: string | Uint8Array | undefined): string {
  return typeof body === 'string' ? body : Buffer.from(body ?? new Uint8Array()).toString('utf8')
}
