import type { RecordedAnswer } from './store.ts'

// They describe what was enclosed: without it they would be untrue. (RFC 9110 §8.3, §8.7; RFC 7240 §3.)
const ABOUT_THE_BODY = new Set(['content-type', 'content-location', 'preference-applied'])

/**
 * The answer without its body: status, Location and what else is true of the resource. A client that needs more reads
 * Location.
 */
export function withoutBody({ status, headers, body }: RecordedAnswer): RecordedAnswer {
  // It had none, and its headers say so.
  if (body === undefined) return { status, headers }
  const kept: Record<string, string> = {}
  for (const name in headers) if (!ABOUT_THE_BODY.has(name.toLowerCase())) kept[name] = headers[name]!
  return { status, headers: kept }
}
