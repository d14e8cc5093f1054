import { sha256 } from './sha256.ts'

/** What the client asked for. */
export interface FingerprintParts {
  /** The method, in the case that the request has. */
  readonly method: string
  /** The path as received: not decoded, no dot segments folded, no trailing slash removed. */
  readonly path: string
  /** The query as received, without `?`; empty if there is none. */
  readonly query: string
  /** The canonical JSON of the body; empty if there is none. */
  readonly canonicalBody: string
}

type Fingerprinter = (parts: FingerprintParts) => string

/**
 * Version 1: SHA-256 of the parts, each of the first three led by its length in UTF-16 code units. The lengths keep
 * `/a` + `bc` apart from `/ab` + `c`; the body is the rest and needs none.
 */
function version1({ method, path, query, canonicalBody }: FingerprintParts): string {
  return `1:${sha256(`${method.length}:${method}${path.length}:${path}${query.length}:${query}${canonicalBody}`, 'base64url')}`
}

/**
 * Every version that records in a store may carry, by the number that its fingerprints start with. A version is added
 * when the canonical form or the framing changes, and removed only after the longest retention has passed.
 */
export const fingerprintVersions: ReadonlyMap<string, Fingerprinter> = new Map([['1', version1]])

/** The version that new records are written with. */
export const CURRENT_FINGERPRINT_VERSION = '1'

/** Digests what the client asked for: the version, a colon, and SHA-256 in base64url; 45 characters. */
export function fingerprintOf(parts: FingerprintParts): string {
  return version1(parts)
}

/**
 * Compares a recorded fingerprint with a request, by the version that the record was written with: a new version of
 * this library must not take the retries of the old one for reuse of their keys.
 *
 * `unknown-version` means that a newer version of this library wrote the record, or that it is damaged.
 */
export function compareFingerprint(
  recorded: string,
  parts: FingerprintParts,
  versions: ReadonlyMap<string, Fingerprinter> = fingerprintVersions,
): 'same' | 'different' | 'unknown-version' {
  const fingerprint = versions.get(recorded.slice(0, Math.max(0, recorded.indexOf(':'))))
  if (fingerprint === undefined) return 'unknown-version'
  return fingerprint(parts) === recorded ? 'same' : 'different'
}
