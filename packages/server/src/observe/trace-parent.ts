// https://www.w3.org/TR/trace-context-2/#traceparent-header: what comes after the flags may only be there in versions
// after 00, and version ff is forbidden.
const TRACE_PARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(-.*)?$/

// The header is read for each line that is logged, so that nobody may make it long.
const LONGEST = 512

/**
 * The trace id of a `traceparent` header by W3C Trace Context Level 2 §3.2; `undefined` where there is none or it is not
 * well-formed: then the trace is not known (§4.3). Two lines of it are none.
 */
export function traceIdOf(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header.length > LONGEST) return undefined
  const match = TRACE_PARENT.exec(header)
  if (match === null || (match[1] === '00' && match[3] !== undefined)) return undefined
  return match[2]
}
