import type { Requirement } from '../document/requirements-of.ts'
import type { Scheme } from '../document/scheme.ts'

// A title or a name is text from outside; a header line has an end.
const LONGEST = 100

/** What is wrong with a bearer token (RFC 6750 §3.1). */
export interface BearerError {
  readonly error: 'invalid_token' | 'insufficient_scope'
  /** The scopes that are needed. */
  readonly scopes?: readonly string[]
}

/**
 * The challenges of an operation, one for each way to authenticate (RFC 9110 §11.6.1): Bearer with its error (RFC 6750
 * §3), Basic (RFC 7617 §2), and for API keys, which have no registered scheme, one that says where the key belongs.
 */
export function challenges(
  requirements: readonly Requirement[],
  realm: string,
  error?: BearerError,
): readonly string[] {
  const schemes = requirements.flatMap((requirement) => requirement.map(({ scheme }) => scheme))
  const lines = schemes.flatMap((scheme) => challenge(scheme, realm, error))
  // A 401 has to have one (RFC 9110 §15.5.2), also where a gateway checks what this server cannot.
  return lines.length === 0 ? [bearer(realm, error)] : [...new Set(lines)]
}

function challenge(scheme: Scheme, realm: string, error: BearerError | undefined): readonly string[] {
  switch (scheme.kind) {
    case 'bearer':
      return [bearer(realm, error)]
    case 'basic':
      return [`Basic realm=${quoted(realm)}, charset="UTF-8"`]
    case 'api-key':
      return [`ApiKey realm=${quoted(realm)}, in=${quoted(scheme.in)}, name=${quoted(scheme.name)}`]
    default:
      return []
  }
}

function bearer(realm: string, error: BearerError | undefined): string {
  const parts = [`Bearer realm=${quoted(realm)}`]
  if (error !== undefined) parts.push(`error=${quoted(error.error)}`)
  if (error?.scopes !== undefined) parts.push(`scope=${quoted(error.scopes.join(' '))}`)
  return parts.join(', ')
}

/** RFC 9110 §5.6.4, of what a header line can carry anywhere. */
function quoted(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, LONGEST)
  return `"${plain.replaceAll(/["\\]/g, '\\$&')}"`
}
