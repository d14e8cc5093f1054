import type { HeaderLine, ReceivedResponse, SentRequest } from '../exchange/exchange.ts'
import { isRecord, type JsonObject } from '../target/is-record.ts'
import { TargetError } from '../target/target-error.ts'
import type { RecordedExchange, Recording } from './recording.ts'

/**
 * Reads an HTTP Archive (HAR 1.1, 1.2), as browsers and proxies save it. Entries without an answer, or whose content
 * was not saved, are left out and counted: what they held cannot be told from nothing.
 */
export function readHar(text: string, source: string): Recording {
  const entries = entriesOf(text, source)
  const left = { unanswered: 0, 'without their content': 0, unreadable: 0 }
  const read: Omit<RecordedExchange, 'id'>[] = []
  for (const entry of entries) {
    const exchange = toExchange(entry)
    if (typeof exchange === 'string') left[exchange] += 1
    else read.push(exchange)
  }
  const sorted = [...read].sort((a, b) => a.at - b.at)
  return {
    source,
    exchanges: sorted.map((exchange, index) => ({ id: index + 1, ...exchange })),
    warnings: Object.entries(left)
      .filter(([, count]) => count > 0)
      .map(([how, count]) => `${count} of ${entries.length} recorded exchanges are ${how}, and are not used.`),
  }
}

function entriesOf(text: string, source: string): readonly unknown[] {
  let json: unknown
  try {
    // Fiddler and Windows tools write a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new TargetError('unparseable', `${source} is no JSON: ${(cause as Error).message}`, { advice })
  }
  const log = isRecord(json) && isRecord(json['log']) ? json['log'] : undefined
  if (log === undefined || !Array.isArray(log['entries'])) {
    const seen = isRecord(json) ? [`its members: ${Object.keys(json).slice(0, 10).join(', ')}`] : [`a ${typeof json}`]
    throw new TargetError('unparseable', `${source} is no HTTP Archive: it has no log.entries.`, { seen, advice })
  }
  return log['entries']
}

const advice = 'Save the traffic as HAR "with content", for example from the network panel of a browser.'

function toExchange(
  entry: unknown,
): Omit<RecordedExchange, 'id'> | 'unanswered' | 'without their content' | 'unreadable' {
  if (!isRecord(entry) || !isRecord(entry['request'])) return 'unreadable'
  const at = Date.parse(String(entry['startedDateTime']))
  const request = requestOf(entry['request'])
  if (request === undefined || Number.isNaN(at)) return 'unreadable'
  const answer = isRecord(entry['response']) ? entry['response'] : {}
  const status = answer['status']
  if (typeof status !== 'number' || status < 100) return 'unanswered'
  const body = contentOf(isRecord(answer['content']) ? answer['content'] : {})
  if (body === undefined) return 'without their content'
  const ms = typeof entry['time'] === 'number' ? entry['time'] : 0
  const response: ReceivedResponse = { status, headers: linesOf(answer['headers']), body, ms }
  return { at, request, response }
}

function requestOf(request: JsonObject): SentRequest | undefined {
  const { method, url } = request
  if (typeof method !== 'string' || typeof url !== 'string' || !URL.canParse(url)) return undefined
  if (!/^https?:$/.test(new URL(url).protocol)) return undefined
  const data = isRecord(request['postData']) ? request['postData'] : {}
  const body = typeof data['text'] === 'string' ? data['text'] : ''
  return { method: method.toUpperCase(), url: new URL(url).href, headers: linesOf(request['headers']), body }
}

function linesOf(headers: unknown): HeaderLine[] {
  if (!Array.isArray(headers)) return []
  return headers.filter(isRecord).flatMap((header): HeaderLine[] => {
    const { name, value } = header
    // `:status` and `:path` are how HTTP/2 writes the first line.
    if (typeof name !== 'string' || typeof value !== 'string' || name.startsWith(':')) return []
    // Browsers join repeated lines with a line feed.
    return value.split('\n').map((line): HeaderLine => [name, line])
  })
}

/** The text of an answer; undefined where it had one that was not saved. */
function contentOf(content: JsonObject): string | undefined {
  const { text, size, encoding } = content
  if (typeof text === 'string') return encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text
  return typeof size === 'number' && size > 0 ? undefined : ''
}
