import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { errorText } from './error-text.ts'
import type { Surroundings } from './probe.ts'
import { shared } from './shared.ts'

/** What came back from one GET; redirects are not followed. */
export type Answer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: IncomingHttpHeaders
      /** When the request was sent and when its answer began, by the clock of the surroundings. */
      readonly sentAt: number
      readonly receivedAt: number
    }
  | { readonly kind: 'failed'; readonly why: string }

/** Sends a GET with the headers of the profile, or with others; the same one is sent once in an examination. */
export function ask(
  surroundings: Surroundings,
  url: string,
  headers: Readonly<Record<string, string>> = surroundings.profile.headers ?? {},
): Promise<Answer> {
  return shared(surroundings, `GET ${url} ${JSON.stringify(headers)}`, () => send(surroundings, url, headers))
}

function send(
  { now, timeoutMs }: Surroundings,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve({ kind: 'failed', why: errorText(error) })
    try {
      const request = url.startsWith('https:') ? requestHttps : requestHttp
      const sentAt = now()
      const sent = request(url, { headers: { Accept: 'application/json, */*;q=0.5', ...headers }, agent: false })
      const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
      sent.on('close', () => clearTimeout(timer))
      sent.on('error', fail)
      sent.on('response', (response) => {
        const { statusCode = 0, headers: received } = response
        resolve({ kind: 'answer', status: statusCode, headers: received, sentAt, receivedAt: now() })
        // The status and the headers tell enough; a body may be large, or never end.
        response.on('error', () => {})
        response.destroy()
      })
      sent.end()
    } catch (error) {
      // A URL that is none, or a header with signs that no header may have.
      fail(error)
    }
  })
}
