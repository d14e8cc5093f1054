import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { Identity, VerifyJwt } from './credentials.ts'

/** How tokens are verified. */
export interface JwtOptions {
  readonly jwks: JSONWebKeySet
  /** What `iss` has to be. @default anything, and part of the principal */
  readonly issuer?: string
  /** What `aud` has to contain. @default anything */
  readonly audience?: string
  readonly now: () => Date
}

// Asymmetric ones only (RFC 8725 §3.1): "none" and HMAC with a public key as its secret are the classic forgeries.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
// Clocks of two machines that are set by NTP differ by less.
const CLOCK_TOLERANCE_S = 5
// OpenID Connect Core §2 bounds `sub` so; an issuer is a URL, and both together fit an index of any database.
const LONGEST = 255

/**
 * Verifies JSON Web Tokens (RFC 7519): signature, `exp` (which has to be there), `nbf`, issuer and audience. The
 * principal is `iss|sub`, so that two issuers never share one; a "|" or "%" in `iss` is percent-encoded.
 */
export function createVerifyJwt({ jwks, issuer, audience, now }: JwtOptions): VerifyJwt {
  const keys = createLocalJWKSet(jwks)
  return async (token) => {
    const options: JWTVerifyOptions = {
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: now(),
      requiredClaims: ['exp', 'sub'],
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
    }
    try {
      return toIdentity(await verified(token, keys, options))
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { why: 'The token has expired.' }
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
        return { why: 'The token is not valid yet.' }
      if (error instanceof errors.JOSEError) return { why: 'The token is not valid here.' }
      throw error
    }
  }
}

/** Keys without a `kid` that fit the algorithm alike are tried one after the other. */
async function verified(
  token: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (inner) {
        if (!(inner instanceof errors.JWSSignatureVerificationFailed)) throw inner
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

function toIdentity({ iss = '', sub, scope, scp }: JWTPayload): Identity | { readonly why: string } {
  if (!isName(sub) || (iss !== '' && !isName(iss)))
    return { why: 'The token does not say in a usable way who it is for.' }
  return { id: `${iss.replaceAll('%', '%25').replaceAll('|', '%7C')}|${sub}`, scopes: new Set(listed(scope ?? scp)) }
}

function isName(value: unknown): value is string {
  // Databases keep no U+0000 and no half of a surrogate pair.
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && !/[\p{Cc}\p{Cs}]/u.test(value)
}

/** RFC 8693 §4.2: `scope` is one string with spaces; `scp` of others is a list, or such a string. */
function listed(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((one) => one !== '')
  return Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : []
}
