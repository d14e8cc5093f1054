import type { HeaderLine } from '../exchange/exchange.ts'
import { usualAccept } from '../exchange/usual-accept.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/**
 * The header lines of a request: its own, then the run's, then what HTTP needs. A line of the request wins over
 * one of the run with the same name; repeated lines of the request stay repeated, because some tests need them.
 */
export function withDefaults(request: OutgoingRequest, common: readonly HeaderLine[]): HeaderLine[] {
  const own = request.headers ?? []
  const has = (lines: readonly HeaderLine[], name: string) =>
    lines.some(([key]) => key.toLowerCase() === name.toLowerCase())
  const lines: HeaderLine[] = [...own, ...common.filter(([name]) => !has(own, name))]
  if (!has(lines, 'host')) lines.unshift(['Host', new URL(request.url).host])
  if (!has(lines, 'accept')) lines.push(['Accept', usualAccept])
  if (!has(lines, 'user-agent')) lines.push(['User-Agent', 'createonce-verifier'])
  const size = typeof request.body === 'string' ? Buffer.byteLength(request.body) : request.body?.byteLength
  const carriesContent = size !== undefined || request.method === 'POST' || request.method === 'PUT'
  if (carriesContent && !has(lines, 'content-length')) lines.push(['Content-Length', String(size ?? 0)])
  return lines
}
