/** What a sealed answer is kept as, read. */
export interface SealedText {
  /** The version of what is inside: it tells a later one of this library what to expect. */
  readonly version: string
  readonly keyId: string
  readonly sealed: string
}

/** The version that is written now: JSON of `{ headers, body }`. */
export const SEALED_VERSION = '1'

// No JSON text begins with this, so that a body which was recorded before sealing was switched on is never taken for a
// sealed one.
const MARK = 'sealed:'

/** Whether a recorded body is a sealed answer. */
export function isSealed(body: string | undefined): body is string {
  return body?.startsWith(MARK) === true
}

/** Marks a sealed text with the version and the key that it has to be opened with. */
export function markSealed(keyId: string, sealed: string): string {
  return `${MARK}${SEALED_VERSION}:${keyId}:${sealed}`
}

/** Reads the mark of a sealed answer; what is cut off has an empty key and text. */
export function readSealed(body: string): SealedText {
  const [version = '', keyId = ''] = body.slice(MARK.length).split(':', 2)
  return { version, keyId, sealed: body.slice(MARK.length + version.length + keyId.length + 2) }
}
