import { createPublicKey } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { JSONWebKeySet, JWK } from 'jose'
import { UsageError } from '../../../usage-error.ts'

// Key sets of large providers have a few kilobytes.
const LARGEST_BYTES = 1_048_576
// RFC 7518 §3.3: smaller RSA keys must not be used.
const SMALLEST_RSA_BITS = 2_048

/**
 * Reads a JSON Web Key Set (RFC 7517 §5) of public keys. Keys that verify nothing here are left out, as the RFC wants;
 * secrets are refused, because a server that only verifies has no use for them. Throws a `UsageError`.
 */
export function readJwks(file: string): JSONWebKeySet {
  const keys = keysOf(file)
  if (keys.some((key) => 'd' in key || 'k' in key || key.kty === 'oct'))
    throw new UsageError(
      `--jwks ${file}: it holds a private or symmetric key. Name a file with the public keys only, and keep that one secret.`,
    )
  const usable = keys.filter(isUsable)
  if (usable.length > 0) return { keys: usable }
  throw new UsageError(
    `--jwks ${file}: none of its ${keys.length} keys can verify a signature. It takes public keys: RSA of ${SMALLEST_RSA_BITS} bits or more, EC on P-256, P-384 or P-521, Ed25519.`,
  )
}

function keysOf(file: string): readonly JWK[] {
  const text = textOf(file)
  let set: unknown
  try {
    set = JSON.parse(text)
  } catch {
    throw new UsageError(`--jwks ${file}: it is no JSON. Name a JSON Web Key Set: {"keys": [{"kty": "RSA", …}]}.`)
  }
  const keys = (set as { keys?: unknown } | null)?.keys
  if (Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null)) return keys as JWK[]
  throw new UsageError(`--jwks ${file}: it has no list "keys". Name a JSON Web Key Set: {"keys": [{"kty": "RSA", …}]}.`)
}

function textOf(file: string): string {
  let size: number
  try {
    size = statSync(file).size
    if (size <= LARGEST_BYTES) return readFileSync(file, 'utf8')
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new UsageError(`--jwks ${file}: the file cannot be read (${code}). Name a JSON Web Key Set.`)
  }
  throw new UsageError(
    `--jwks ${file}: it has ${size} bytes, at most ${LARGEST_BYTES} are read. Name a JSON Web Key Set.`,
  )
}

/** What cannot be imported now would be a fault of every request later. */
function isUsable(jwk: JWK): boolean {
  if (jwk.use === 'enc') return false
  try {
    const key = createPublicKey({ key: jwk as import('node:crypto').JsonWebKey, format: 'jwk' })
    switch (key.asymmetricKeyType) {
      case 'rsa':
        return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= SMALLEST_RSA_BITS
      case 'ec':
        return ['P-256', 'P-384', 'P-521'].includes(jwk.crv ?? '')
      default:
        return key.asymmetricKeyType === 'ed25519'
    }
  } catch {
    return false
  }
}
