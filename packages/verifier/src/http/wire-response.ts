import type { HeaderLine } from '../exchange/exchange.ts'

/** What a parsed response is, before its duration is known. */
export interface WireResponse {
  readonly status: number
  readonly headers: readonly HeaderLine[]
  readonly body: string
}

/**
 * Parses the bytes of one HTTP/1.1 response. `ended` tells that the connection is closed, which is what ends a
 * body without a length. Returns undefined while bytes are missing; throws when they are no HTTP.
 */
export function parseWire(bytes: Buffer, ended: boolean): WireResponse | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [statusLine = '', ...headerLines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1])
  if (!Number.isInteger(status)) throw new Error('the answer does not start like HTTP/1.1')
  const rest = bytes.subarray(headEnd + 4)
  // 100 Continue, 103 Early Hints: the answer proper follows on the same connection.
  if (status < 200) return parseWire(rest, ended)
  const headers = headerLines.map(toLine)
  const body = bodyOf(status, headers, rest, ended)
  return body === undefined ? undefined : { status, headers, body: body.toString('utf8') }
}

function toLine(line: string): HeaderLine {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}

function bodyOf(status: number, headers: readonly HeaderLine[], rest: Buffer, ended: boolean): Buffer | undefined {
  if (status === 204 || status === 304) return Buffer.alloc(0)
  const header = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1]
  if (/chunked/i.test(header('transfer-encoding') ?? '')) return dechunk(rest)
  const length = header('content-length')
  if (length !== undefined) return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : undefined
  return ended ? rest : undefined
}

function dechunk(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16)
    if (Number.isNaN(size)) throw new Error('a chunk of the answer has no size')
    if (size === 0) return Buffer.concat(chunks)
    const start = lineEnd + 2
    if (bytes.length < start + size + 2) return undefined
    chunks.push(bytes.subarray(start, start + size))
    at = start + size + 2
  }
}
