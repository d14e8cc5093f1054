import { isUtf8 } from 'node:buffer'
import { recordable } from '../idempotency/recordable.ts'
import type { RecordedAnswer } from '../idempotency/store.ts'
import { withoutBody } from '../idempotency/without-body.ts'
import type { CapturedResponse } from './captured-response.ts'

/**
 * What is remembered of a handler's answer: status, the headers that belong to the resource, and the body where it is
 * text that a replay can repeat to the byte. Of any other body (binary, compressed, streamed, too large) only the
 * reference is: status, Location and what else is true without it.
 */
export function toRecorded({ status, headers, body }: CapturedResponse): RecordedAnswer {
  const spelled: Record<string, string> = {}
  for (const name in headers) spelled[spellingOf(name)] = headers[name]!
  if (body?.byteLength === 0) return recordable({ status, headers: spelled })
  const text = isPlain(headers) ? textOf(body) : undefined
  if (text === undefined) return withoutBody(recordable({ status, headers: spelled, body: '' }))
  return recordable({ status, headers: spelled, body: text })
}

/** A coding is the client's of then: another one may not understand it, and Content-Encoding is no header of the resource. */
function isPlain(headers: CapturedResponse['headers']): boolean {
  const coding = headers['content-encoding']
  return coding === undefined || coding.toLowerCase() === 'identity'
}

/** NUL is no text for PostgreSQL. */
function textOf(body: Uint8Array | undefined): string | undefined {
  if (body === undefined || !isUtf8(body) || body.includes(0)) return undefined
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
}

/** Records look alike whoever wrote them. */
function spellingOf(name: string): string {
  return name === 'etag' ? 'ETag' : name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
