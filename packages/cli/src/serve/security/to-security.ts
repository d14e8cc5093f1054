import type { FastifyRequest } from 'fastify'
import type { Credentials, GeneratedToken } from './credentials/credentials.ts'
import { type Requirement, requirementsOf } from './document/requirements-of.ts'
import { resolved } from './document/resolved.ts'
import { gatewayPrincipal } from './request/gateway-principal.ts'
import { identify } from './request/identify.ts'
import { judge } from './request/judge.ts'
import { presented } from './request/presented.ts'
import { type Refused, toOutcome } from './request/to-outcome.ts'

type Json = Readonly<Record<string, unknown>>

/** What security says to a request. */
export type Outcome =
  /** It is from this caller. */
  | { readonly kind: 'principal'; readonly id: string }
  /** Nobody has to say who they are, and nobody did. */
  | { readonly kind: 'anybody' }
  /** 401: it is from nobody known; 403: it is from somebody who may not. */
  | Refused

/** The security of a document. */
export interface Security {
  /** What checks the requests of an operation; undefined where it asks for nothing. */
  checkOf(operation: { readonly raw: Json }): ((request: FastifyRequest) => Promise<Outcome>) | undefined
  /** Why an operation cannot be served, because nobody could ever fulfil what it asks for; undefined where somebody can. */
  whyNot(operation: { readonly raw: Json }): string | undefined
  /** Whether one of the operations asks for credentials; then a token that was made for this run is to be told to people. */
  isNeededFor(operations: readonly { readonly raw: Json }[]): boolean
  readonly generated: GeneratedToken | undefined
}

/** Reads the security of an OpenAPI 3 document, enforced by credentials. */
export function toSecurity(document: Json, credentials: Credentials): Security {
  const title = resolved(document, document['info'])?.['title']
  const realm = typeof title === 'string' ? title : 'API'
  return {
    generated: credentials.kind === 'checked' ? credentials.generated : undefined,
    isNeededFor: (operations) =>
      operations.some(({ raw }) => requirementsOf(document, raw).some((requirement) => requirement.length > 0)),
    whyNot({ raw }) {
      const requirements = requirementsOf(document, raw)
      // What a gateway has checked may be anything.
      if (credentials.kind === 'gateway' || requirements.length === 0) return undefined
      const whys = requirements.map((requirement) => whyUnfulfillable(requirement, credentials.tokens.isEmpty))
      return whys.every((why) => why !== undefined) ? whys[0] : undefined
    },
    checkOf({ raw }) {
      const requirements = requirementsOf(document, raw)
      if (requirements.every((requirement) => requirement.length === 0)) return undefined
      return async (request) => {
        const judged = await judgeBy(credentials, requirements, request)
        return toOutcome(judged, requirements, realm)
      }
    },
  }
}

function judgeBy(credentials: Credentials, requirements: readonly Requirement[], request: FastifyRequest) {
  if (credentials.kind === 'gateway') return gatewayPrincipal(credentials.header, requirements, request)
  return judge(requirements, async ({ scheme }) =>
    scheme.kind === 'unenforceable' ? { kind: 'absent' } : identify(credentials, presented(request, scheme)),
  )
}

function whyUnfulfillable(requirement: Requirement, isWithoutTokens: boolean): string | undefined {
  const kinds = new Set(requirement.map(({ scheme }) => scheme.kind))
  if (kinds.has('basic') && kinds.has('bearer'))
    return 'it asks for a password and a token together, and a request has one Authorization (RFC 9110 §11.6.2)'
  for (const { scheme } of requirement) {
    if (scheme.kind === 'unenforceable') return scheme.why
    // A JSON Web Token is a bearer token, also in the header of bearers where a document calls that an API key.
    const takesBearers = scheme.kind === 'bearer' || (scheme.kind === 'api-key' && scheme.name === 'authorization')
    if (isWithoutTokens && !takesBearers)
      return 'it asks for an API key or a password, and there are only JSON Web Tokens; add --token NAME=TOKEN'
  }
  return undefined
}
