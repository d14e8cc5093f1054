import { type Agent, request as httpRequest } from 'node:http'

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number
  /** Every line of a header, by its lower-case name: `fetch` would join them and hide a repeated one. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
  /** Whether it came over the connection of an earlier request. */
  readonly isOnSameConnection: boolean
}

/** Header lines as they go out, repeated names included. */
export type HeaderLines = readonly (readonly [name: string, value: string])[]

/** What to send. */
export interface WireRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: HeaderLines
  readonly body?: string | Uint8Array
  /** Sends the body in pieces without Content-Length. */
  readonly isChunked?: boolean
  /** An `Agent` of node:http that keeps connections, where requests are to share one. */
  readonly agent?: object
}

/** Sends one request, over a connection of its own unless it has an agent, without following or retrying anything. */
export function sendRequest(
  origin: string,
  { method = 'POST', path, headers = [], body, isChunked, agent }: WireRequest,
): Promise<WireAnswer> {
  const { hostname, port } = new URL(origin)
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const framing = isChunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(bytes?.byteLength ?? 0)]
  const isHosted = headers.some(([name]) => name.toLowerCase() === 'host')
  const lines = [...(isHosted ? [] : [['Host', `${hostname}:${port}`] as const]), ...headers, framing]
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      method,
      path,
      agent: (agent as Agent | undefined) ?? false,
      headers: lines.flat(),
    }
    const sending = httpRequest(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const seen = new Map<string, string[]>()
        for (let index = 0; index < response.rawHeaders.length; index += 2) {
          const name = response.rawHeaders[index]!.toLowerCase()
          seen.set(name, [...(seen.get(name) ?? []), response.rawHeaders[index + 1]!])
        }
        resolve({
          status: response.statusCode!,
          headers: seen,
          body: Buffer.concat(chunks).toString('utf8'),
          isOnSameConnection: sending.reusedSocket,
        })
      })
    })
    sending.on('error', reject)
    if (isChunked && bytes !== undefined) {
      for (let at = 0; at < bytes.byteLength; at += 7) sending.write(bytes.subarray(at, at + 7))
      sending.end()
    } else sending.end(bytes)
  })
}
