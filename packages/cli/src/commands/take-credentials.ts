import type { HeaderLine } from '@createonce/verifier'

/** A URL without its user and password, and the header line that says the same. */
export interface TakenCredentials {
  readonly url: string
  readonly headers: readonly HeaderLine[]
}

/**
 * Takes user and password out of a URL, as browsers and curl do: as a header they are masked in every report, and in
 * a URL they would stand in all of them.
 */
export function takeCredentials(text: string): TakenCredentials {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return { url: text, headers: [] }
  const url = new URL(text)
  if (url.username === '' && url.password === '') return { url: text, headers: [] }
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  return { url: url.href, headers: [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] }
}
