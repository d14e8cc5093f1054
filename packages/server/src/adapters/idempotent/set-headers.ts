import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** Sets headers as `writeHead` takes them: an object, a flat list, or a list of pairs. */
export function setHeaders(response: ServerResponse, given: unknown): void {
  if (typeof given !== 'object' || given === null) return
  if (!Array.isArray(given)) {
    for (const [name, value] of Object.entries(given as OutgoingHttpHeaders)) {
      if (value !== undefined) response.setHeader(name, value)
    }
    return
  }
  const flat = given.flat() as string[]
  for (let at = 0; at < flat.length; at += 2) response.removeHeader(flat[at]!)
  for (let at = 0; at < flat.length; at += 2) response.appendHeader(flat[at]!, flat[at + 1]!)
}
