import type { Exchange } from '../exchange/exchange.ts'
import type { Client } from '../http/client.ts'
import type { OutgoingRequest } from '../http/outgoing-request.ts'
import { NotRecorded } from './not-recorded.ts'
import type { RecordedExchange, Recording } from './recording.ts'

/**
 * A client that calls nobody: it answers a GET with what was recorded after a given create, each exchange once, and
 * throws {@link NotRecorded} for everything else.
 */
export function createRecordedClient(recording: Recording, create: RecordedExchange): Client {
  const given = new Set<number>()
  const send = async ({ method, url }: OutgoingRequest): Promise<Exchange> => {
    const wanted = new URL(url).href
    if (method !== 'GET') throw new NotRecorded(`another ${method} ${url} of the kind that this needs`)
    for (const exchange of recording.exchanges) {
      if (exchange.id <= create.id) continue
      if (disturbs(exchange, wanted, create)) break
      // 304 shows that nothing has changed, and not what it is.
      if (exchange.request.method !== 'GET' || exchange.request.url !== wanted || exchange.response?.status === 304)
        continue
      if (given.has(exchange.id) || !hasEnded(create, exchange)) continue
      given.add(exchange.id)
      return exchange
    }
    throw new NotRecorded(`a GET of ${url} after the create and before it may have been changed`)
  }
  const never = async (): Promise<never> => {
    throw new NotRecorded('a race or a cut connection')
  }
  return {
    send,
    race: never,
    hangUp: never,
    stop() {},
    cleanUp() {},
    forget() {},
    exchanges: recording.exchanges,
    count: 0,
    close() {},
  }
}

/** A read that was sent before the create was answered shows nothing about it. */
function hasEnded(create: RecordedExchange, read: RecordedExchange): boolean {
  return read.at >= create.at + (create.response?.ms ?? 0)
}

/** Whether an exchange may have changed what a URL shows, other than by one more create beside the first. */
function disturbs({ request }: RecordedExchange, url: string, create: RecordedExchange): boolean {
  if (/^(GET|HEAD|OPTIONS)$/.test(request.method)) return false
  if (request.method === 'POST' && pathOf(request.url) === pathOf(create.request.url)) return false
  const [changed, read] = [pathOf(request.url), pathOf(url)]
  return changed === read || changed.startsWith(`${read}/`) || read.startsWith(`${changed}/`)
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/$/, '')
}
