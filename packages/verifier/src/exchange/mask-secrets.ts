import type { Exchange, HeaderLine } from './exchange.ts'
import { masked, scrubber, secretLines } from './scrubber.ts'

/** Names of header lines that carry credentials, whoever sends them. */
export const secretNames: RegExp =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|api-?key|access-?token|auth-?token|secret|session/i

// The same in a query, where OAuth and many APIs have them.
const secretParameter =
  /([?&](?:[^=&#]*(?:api_?-?key|secret|session|password|signature)[^=&#]*|(?:access_|auth_|id_|refresh_)?token|key|auth)=)[^&#]*/gi

/**
 * Masks credentials in an exchange: the header lines and query parameters that carry them by name, and every place where a value that
 * the user gave with `--header` comes back, echoed by the target.
 *
 * @param given - the header lines that the user passed; their values are secrets whatever their name is.
 */
export function maskSecrets(exchange: Exchange, given: readonly HeaderLine[]): Exchange {
  const names = new Set(secretLines(given).map(([name]) => name.toLowerCase()))
  const scrub = scrubber(given)
  const line = ([name, value]: HeaderLine): HeaderLine =>
    names.has(name.toLowerCase()) || secretNames.test(name) ? [name, masked] : [name, scrub(value)]
  const { request, response, failure } = exchange
  return {
    ...exchange,
    request: {
      ...request,
      url: scrub(request.url).replace(secretParameter, `$1${masked}`),
      headers: request.headers.map(line),
      body: scrub(request.body),
    },
    ...(response === undefined
      ? {}
      : { response: { ...response, headers: response.headers.map(line), body: scrub(response.body) } }),
    ...(failure === undefined ? {} : { failure: { ...failure, detail: scrub(failure.detail) } }),
  }
}
