import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { Seal } from './seal.ts'

/** The keys of {@link aesGcmSeal}. */
export interface AesGcmKeys {
  /** Each key by its name: 32 random bytes, or their base64. Old ones stay until no record needs them any more. */
  readonly keys: Readonly<Record<string, string | Uint8Array>>
  /** The name of the key that seals. */
  readonly current: string
}

// NIST SP 800-38D §8.2.2: random nonces of 96 bits, for at most 2^32 texts under one key. At a hundred creations a
// second that is sixteen months.
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

// 32 bytes in base64 or base64url. Node's own reader skips whatever is none.
const KEY_TEXT = /^[A-Za-z0-9+/_-]{43}=?$/

/**
 * Seals with AES-256-GCM of `node:crypto`. The name of the key and that of the record are authenticated with the text:
 * what was changed, moved to another record or sealed with another key is not opened.
 *
 * Throws a TypeError where a key is none; no message shows a key.
 *
 * @example
 * idempotency: { key: 'required', seal: aesGcmSeal({ keys: { '2026-11': process.env.RECORD_KEY }, current: '2026-11' }) }
 */
export function aesGcmSeal({ keys: given, current }: AesGcmKeys): Seal {
  const keys = new Map(Object.entries(given ?? {}).map(([name, key]) => [name, toKey(name, key)]))
  const names = [...keys.keys()].map((name) => `'${name}'`).join(', ') || 'none'
  if (!keys.has(current)) {
    throw new TypeError(`aesGcmSeal: current must be the name of one of the keys (${names}); got ${typeOf(current)}.`)
  }

  return {
    keyId: current,
    seal(text, about) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keys.get(current)!, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(`${current}\n${about}`))
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },
    open(sealed, about, keyId) {
      const key = keys.get(keyId)
      if (key === undefined) {
        throw new Error(
          `aesGcmSeal has no key of the name '${keyId}', only ${names}. Keep a key until the last record that it sealed is past its retention, and give a new one to every process before it becomes current.`,
        )
      }
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(Buffer.from(`${keyId}\n${about}`))
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new Error(
          `aesGcmSeal cannot open what was sealed with '${keyId}': it was changed, belongs to another record, or the key of this name is another one now.`,
          { cause },
        )
      }
    },
  }
}

function toKey(name: string, key: unknown): KeyObject {
  const bytes =
    typeof key === 'string' && KEY_TEXT.test(key)
      ? Buffer.from(key, 'base64')
      : key instanceof Uint8Array
        ? Buffer.from(key)
        : undefined
  if (bytes?.byteLength === KEY_BYTES) return createSecretKey(bytes)
  throw new TypeError(
    `aesGcmSeal: keys['${name}'] must be ${KEY_BYTES} random bytes or their base64, as \`openssl rand -base64 ${KEY_BYTES}\` makes them; got ${typeOf(key)}.`,
  )
}

/** What was given instead of a key, without showing it. */
function typeOf(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length} characters`
  return value instanceof Uint8Array ? `${value.byteLength} bytes` : String(value === null ? null : typeof value)
}
