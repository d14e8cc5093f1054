// A value of two letters is no secret, and masking it would eat every other word.
const SHORTEST = 4

/** Replaces each secret in a text that is shown. */
export function mask(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
}
