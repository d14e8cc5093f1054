import { randomBytes } from 'node:crypto'
import { UsageError } from '../../../usage-error.ts'
import type { SecurityOptions } from '../options/add-security-options.ts'
import { createVerifyJwt } from './create-verify-jwt.ts'
import type { Credentials } from './credentials.ts'
import { parseTokens } from './parse-tokens.ts'
import { readJwks } from './read-jwks.ts'
import { createTokenBook } from './token-book.ts'

/** The clock that tokens expire by, and what a token is made of. */
export interface CredentialSurroundings {
  readonly now?: () => Date
  readonly random?: (bytes: number) => Buffer
}

// A bearer of this name is principal of what a run without options creates.
const GENERATED_NAME = 'local'
// 192 bits: nobody guesses it.
const GENERATED_BYTES = 24
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// They carry secrets, and a principal is none.
const NO_PRINCIPAL = /^(authorization|proxy-authorization|cookie)$/

/**
 * What requests are checked by, from the options of the command line and `CREATEONCE_TOKENS` in the environment. Where
 * none is given, a token is made for this run. Throws a `UsageError`, which shows no secret.
 */
export function readCredentials(
  options: SecurityOptions,
  env: Readonly<Record<string, string | undefined>>,
  { now = () => new Date(), random = randomBytes }: CredentialSurroundings = {},
): Credentials {
  const { token = [], jwks, jwtIssuer, jwtAudience, principalHeader } = options
  const tokens = parseTokens(token, env['CREATEONCE_TOKENS'])
  if (jwks === undefined && (jwtIssuer !== undefined || jwtAudience !== undefined))
    throw new UsageError('--jwt-issuer and --jwt-audience are about the tokens of --jwks FILE. Name the file.')
  if (principalHeader !== undefined) {
    if (tokens.size > 0 || jwks !== undefined)
      throw new UsageError(
        'With --principal-header the gateway authenticates, and tokens would not be checked. Leave it out, or leave out --token, CREATEONCE_TOKENS and --jwks.',
      )
    return { kind: 'gateway', header: parseHeader(principalHeader) }
  }
  if (tokens.size === 0 && jwks === undefined) {
    const generated = { name: GENERATED_NAME, token: random(GENERATED_BYTES).toString('base64url') }
    return { kind: 'checked', tokens: createTokenBook(new Map([[generated.name, generated.token]])), generated }
  }
  return {
    kind: 'checked',
    tokens: createTokenBook(tokens),
    ...(jwks !== undefined && {
      verifyJwt: createVerifyJwt({
        jwks: readJwks(jwks),
        now,
        ...(jwtIssuer !== undefined && { issuer: jwtIssuer }),
        ...(jwtAudience !== undefined && { audience: jwtAudience }),
      }),
    }),
  }
}

function parseHeader(name: string): string {
  const header = name.toLowerCase()
  if (HEADER_NAME.test(name) && !NO_PRINCIPAL.test(header)) return header
  throw new UsageError(
    `--principal-header ${JSON.stringify(name)} cannot name a principal. Name the header line that the gateway sets, such as X-Forwarded-User.`,
  )
}
