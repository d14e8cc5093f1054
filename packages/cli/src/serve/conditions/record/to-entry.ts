import type { KeptBody } from './kept-body.ts'
import type { Mask } from './mask.ts'

/** One request and what became of it. */
export interface RecordedExchange {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ms: number
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly httpVersion: string
  readonly requestId: string
  readonly requestHeaders: readonly HeaderLine[]
  readonly requestBody: KeptBody
  /** Undefined where the connection was gone before the answer was. */
  readonly response?: {
    readonly status: number
    readonly headers: readonly HeaderLine[]
    readonly body: KeptBody
  }
}

/** A header line; of several with one name there is one for each. */
export type HeaderLine = readonly [name: string, value: string]

/** An exchange as an entry of an HTTP Archive (HAR 1.2), without secrets. */
export function toEntry(exchange: RecordedExchange, mask: Mask): object {
  const { at, ms, method, httpVersion, requestId, requestHeaders, requestBody, response } = exchange
  const url = new URL(exchange.url)
  const query = [...url.searchParams].map(([name, value]) => ({ name, value: mask.parameter(name, value) }))
  // Written anew only where there is something to hide: the spelling of a query may matter to whoever reads it.
  const hides = query.some(({ value }, index) => value !== [...url.searchParams.values()][index])
  if (hides)
    url.search = new URLSearchParams(query.map(({ name, value }): [string, string] => [name, value])).toString()
  return {
    startedDateTime: new Date(at).toISOString(),
    time: ms,
    request: {
      method,
      url: uriOf(url),
      httpVersion,
      cookies: [],
      headers: named(requestHeaders, mask),
      queryString: query,
      ...(requestBody.bytes > 0 && { postData: postData(requestBody, requestHeaders) }),
      headersSize: -1,
      bodySize: requestBody.bytes,
    },
    // No answer is status 0, as browsers write it.
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: response === undefined ? '' : httpVersion,
      cookies: [],
      headers: named(response?.headers ?? [], mask),
      content: response === undefined ? { size: 0, mimeType: '' } : content(response.body, response.headers),
      redirectURL: headerIn(response?.headers ?? [], 'location'),
      headersSize: -1,
      bodySize: response?.body.bytes ?? -1,
      ...(response === undefined && { comment: 'the connection was dropped' }),
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: `request ${requestId}`,
  }
}

/** A URL as a URI of RFC 3986, which allows less than what URLs are made of on the web. */
function uriOf({ origin, pathname, search }: URL): string {
  const rest = pathname + search
  return origin + rest.replace(/%(?![\da-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/gi, encodeURIComponent)
}

function postData({ bytes, content }: KeptBody, headers: readonly HeaderLine[]): object {
  const mimeType = headerIn(headers, 'content-type')
  if (content === undefined) return { mimeType, params: [], text: '', comment: leftOut(bytes) }
  const text = content.toString('utf8')
  const comment = Buffer.from(text).equals(content)
    ? undefined
    : 'not UTF-8: bytes that are no characters were replaced'
  return { mimeType, params: [], text, ...(comment !== undefined && { comment }) }
}

function content({ bytes, content: kept }: KeptBody, headers: readonly HeaderLine[]): object {
  const mimeType = headerIn(headers, 'content-type')
  // Without a text, whoever reads it knows that there was one and was not kept; with half of it nobody would.
  if (kept === undefined) return { size: bytes, mimeType, comment: leftOut(bytes) }
  const text = kept.toString('utf8')
  if (Buffer.from(text).equals(kept)) return { size: bytes, mimeType, text }
  return { size: bytes, mimeType, text: kept.toString('base64'), encoding: 'base64' }
}

function leftOut(bytes: number): string {
  return bytes < 0 ? 'left out: it was streamed' : `left out: ${bytes} bytes, and at most 65536 are kept`
}

function named(headers: readonly HeaderLine[], mask: Mask): { name: string; value: string }[] {
  return headers.map(([name, value]) => ({ name, value: mask.header(name, value) }))
}

function headerIn(headers: readonly HeaderLine[], name: string): string {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? ''
}
