import { createHmac, randomBytes } from 'node:crypto'

/**
 * Names a principal or a key in logs without telling it: HMAC-SHA-256, the first 16 hex digits (64 bits: enough to
 * find one among billions of lines, too little to be anything else). A plain hash of a user id could be guessed.
 *
 * Without a configured secret a random one is made per process: lines of one process can be matched with each other.
 */
export function createPseudonym(secret: string | Uint8Array = randomBytes(32)): (value: string) => string {
  return (value) => createHmac('sha256', secret).update(value).digest('hex').slice(0, 16)
}
