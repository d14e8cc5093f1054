import type { Exchange, HeaderLine } from './exchange.ts'

/** What stands in place of a secret in every report. */
const masked = '***'

/** Names of header lines that carry credentials, whoever sends them. */
export const secretNames: RegExp =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|api-?key|access-?token|auth-?token|secret|session/i

// Header lines that say how to talk, whoever gives them.
const harmless = /^(accept|accept-.*|content-type|user-agent|prefer|origin)$/i

/**
 * Masks credentials in an exchange: the header lines that carry them by name, and every place where a value that
 * the user gave with `--header` comes back, echoed by the target.
 *
 * @param given - the header lines that the user passed; their values are secrets whatever their name is.
 */
export function maskSecrets(exchange: Exchange, given: readonly HeaderLine[]): Exchange {
  const secret = given.filter(([name]) => !harmless.test(name))
  const names = new Set(secret.map(([name]) => name.toLowerCase()))
  const values = secret.flatMap(([, value]) => [value, value.replace(/^\w+ /, '')]).filter((value) => value.length >= 8)
  const scrub = (text: string) => values.reduce((rest, value) => rest.split(value).join(masked), text)
  const line = ([name, value]: HeaderLine): HeaderLine =>
    names.has(name.toLowerCase()) || secretNames.test(name) ? [name, masked] : [name, scrub(value)]
  const { request, response } = exchange
  return {
    ...exchange,
    request: { ...request, url: scrub(request.url), headers: request.headers.map(line), body: scrub(request.body) },
    ...(response === undefined
      ? {}
      : { response: { ...response, headers: response.headers.map(line), body: scrub(response.body) } }),
  }
}
