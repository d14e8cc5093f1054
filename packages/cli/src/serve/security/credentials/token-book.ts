import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Static tokens, and whom each stands for. It keeps digests, so that no dump of it shows a token. */
export interface TokenBook {
  readonly isEmpty: boolean
  /** The name that a token was given for; undefined where it is none of them. */
  nameOf(token: string): string | undefined
}

/**
 * Makes a book of tokens by name. A look-up compares the digest with every one in it, each in constant time, so that
 * how long it takes says nothing about how near a guess was.
 */
export function createTokenBook(tokens: ReadonlyMap<string, string>): TokenBook {
  // A key of this process: digests that can be seen elsewhere are of no use against it.
  const key = randomBytes(32)
  const digest = (token: string) => createHmac('sha256', key).update(token).digest()
  const entries = [...tokens].map(([name, token]) => ({ name, digest: digest(token) }))
  return {
    isEmpty: entries.length === 0,
    nameOf(token) {
      const seen = digest(token)
      let found: string | undefined
      for (const entry of entries) {
        if (timingSafeEqual(entry.digest, seen)) found = entry.name
      }
      return found
    },
  }
}
