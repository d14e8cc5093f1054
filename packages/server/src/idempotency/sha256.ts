import * as crypto from 'node:crypto'

interface OneShotHash {
  /** Node 20.12 and later; needs no hash object, which is most of the cost for a short text. */
  readonly hash?: (algorithm: string, data: string, encoding: 'hex' | 'base64url') => string
}

const { hash } = crypto as OneShotHash

/** SHA-256 of a text in UTF-8. */
export const sha256: (text: string, encoding: 'hex' | 'base64url') => string =
  hash === undefined
    ? (text, encoding) => crypto.createHash('sha256').update(text).digest(encoding)
    : (text, encoding) => hash('sha256', text, encoding)
