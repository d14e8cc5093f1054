import type { HeaderLine } from '../exchange/exchange.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/** The bytes of a request as HTTP/1.1 sends them. The last byte decides a race, so there is always one of content or the final line feed. */
export function toWire(request: OutgoingRequest, url: URL, headers: readonly HeaderLine[]): Buffer {
  const lines = headers
    .filter(([name]) => name.toLowerCase() !== 'connection')
    .map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `${request.method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n`
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : Buffer.from(request.body ?? [])
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
