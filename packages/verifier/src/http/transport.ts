import http from 'node:http'
import https from 'node:https'
import type { Exchange, HeaderLine, ReceivedResponse } from '../exchange/exchange.ts'
import { failureReason } from './failure-reason.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import type { WireLimits } from './race.ts'
import type { OpenExchange } from './recorder.ts'

/** One request on the wire, and its answer. */
export interface Transport {
  /** Sends it once; `stale` says that a kept connection had just been closed, so that the server never saw it. */
  attempt(request: OutgoingRequest, url: URL, open: OpenExchange, last?: boolean): Promise<Exchange | 'stale'>
  close(): void
}

/** Makes the transport of one run, with the connections that it keeps. */
export function createTransport({ timeoutMs, maxBytes }: Pick<WireLimits, 'timeoutMs' | 'maxBytes'>): Transport {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }

  const attempt = (
    request: OutgoingRequest,
    url: URL,
    open: OpenExchange,
    last = false,
  ): Promise<Exchange | 'stale'> => {
    const safe = request.method === 'GET' || request.method === 'HEAD'
    const transport = url.protocol === 'https:' ? https : http
    // A kept connection may be half closed already; for anything that creates, that would be a lost request.
    const agent = safe && !last ? agents[url.protocol as 'http:'] : false
    return new Promise((resolve) => {
      const started = performance.now()
      open.sent()
      const outgoing = transport.request(url, {
        method: request.method,
        headers: (request.headers ?? []).flat(),
        agent,
        setHost: false,
      })
      let settled = false
      const settle = (exchange: Exchange | 'stale') => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        resolve(exchange)
      }
      const timer = setTimeout(() => {
        settle(open.failed('timeout', `no complete answer within ${timeoutMs} ms`))
        outgoing.destroy()
      }, timeoutMs)
      const fail = (error: Error) =>
        settle(safe && !last && outgoing.reusedSocket ? 'stale' : open.failed(failureReason(error), readable(error)))
      outgoing.on('error', fail)
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = []
        let size = 0
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > maxBytes) {
            settle(open.failed('too-large', `the answer is larger than ${maxBytes} bytes`))
            outgoing.destroy()
          } else chunks.push(chunk)
        })
        incoming.on('error', fail)
        incoming.on('aborted', () => settle(open.failed('reset', 'the connection was closed within the answer')))
        incoming.on('end', () => {
          const headers = pairs(incoming.rawHeaders)
          const body = Buffer.concat(chunks).toString('utf8')
          settle(open.answered({ status: incoming.statusCode ?? 0, headers, body, ms: since(started) }))
        })
      })
      outgoing.end(request.body)
    })
  }

  return {
    attempt,
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

function readable(error: Error): string {
  return error.message === '' ? ((error as { code?: string }).code ?? error.name) : error.message
}

function since(started: number): ReceivedResponse['ms'] {
  return Math.round((performance.now() - started) * 10) / 10
}

function pairs(raw: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) lines.push([raw[index] ?? '', raw[index + 1] ?? ''])
  return lines
}
