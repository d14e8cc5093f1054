import type { Exchange, HeaderLine } from '../exchange/exchange.ts'
import { jsonText } from './json-text.ts'
import type { Report } from './report.ts'

/** The exchanges of a report as an HTTP archive (HAR 1.2), secrets masked as in every report. */
export function toHar(report: Report): string {
  const began = Date.parse(report.startedAt)
  const log = {
    version: '1.2',
    creator: { name: report.tool.name, version: report.tool.version },
    entries: report.exchanges.map((exchange) => entry(exchange, began)),
  }
  return jsonText({ log })
}

function entry({ id, at = 0, race, request, response, failure }: Exchange, began: number): object {
  const ms = response?.ms ?? 0
  return {
    startedDateTime: new Date(began + at).toISOString(),
    time: ms,
    request: {
      method: request.method,
      url: uriOf(request.url),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: named(request.headers),
      queryString: queryOf(request.url),
      ...(request.body === ''
        ? {}
        : { postData: { mimeType: mediaType(request.headers), params: [], text: request.body } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(request.body),
    },
    // No answer is status 0, as browsers write it.
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: response === undefined ? '' : 'HTTP/1.1',
      cookies: [],
      headers: named(response?.headers ?? []),
      content: {
        size: Buffer.byteLength(response?.body ?? ''),
        mimeType: mediaType(response?.headers ?? []),
        text: response?.body ?? '',
      },
      redirectURL: response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '',
      headersSize: -1,
      bodySize: -1,
      ...(failure === undefined ? {} : { comment: `${failure.reason}: ${failure.detail}` }),
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: race === undefined ? `exchange ${id}` : `exchange ${id}, in race ${race}`,
  }
}

function named(headers: readonly HeaderLine[]): { name: string; value: string }[] {
  return headers.map(([name, value]) => ({ name, value }))
}

function mediaType(headers: readonly HeaderLine[]): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
}

/** A URL as a URI of RFC 3986, which allows less than what URLs are made of on the web. */
function uriOf(text: string): string {
  if (!URL.canParse(text)) return 'about:invalid'
  const { origin, pathname, search } = new URL(text)
  const rest = (pathname + search).replace(/%(?![\da-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/gi, encodeURIComponent)
  return origin + rest
}

function queryOf(url: string): { name: string; value: string }[] {
  if (!URL.canParse(url)) return []
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }))
}
