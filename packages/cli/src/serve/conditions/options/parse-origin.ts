import { InvalidArgumentError } from 'commander'

/** Reads an origin as browsers write it (RFC 6454 §6.2), or `*`; collects one after the other. */
export function parseOrigin(text: string, before: readonly string[] = []): readonly string[] {
  if (text === '*') return [...before, text]
  const origin = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? new URL(text).origin : undefined
  if (origin === text) return [...before, text]
  const meant = origin === undefined ? 'https://app.example.com' : origin
  throw new InvalidArgumentError(
    `An origin is a scheme, a host and perhaps a port, such as ${meant}, without a path; or * for all.`,
  )
}
