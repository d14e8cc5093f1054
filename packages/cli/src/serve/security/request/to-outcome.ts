import type { Requirement } from '../document/requirements-of.ts'
import { challenges } from './challenges.ts'
import type { Judgement } from './judge.ts'

/** A request that is not let in. */
export interface Refused {
  readonly kind: 'refused'
  readonly status: 401 | 403
  readonly headers: { readonly 'WWW-Authenticate': readonly string[] }
  readonly detail: string
}

/** A refusal as HTTP tells it; it never repeats what was sent. */
export function toOutcome(judged: Judgement, requirements: readonly Requirement[], realm: string) {
  switch (judged.kind) {
    case 'principal':
    case 'anybody':
      return judged
    case 'unauthenticated':
      return refused(401, 'This operation asks for credentials, and there are none.', challenges(requirements, realm))
    case 'wrong':
      return refused(401, judged.why, challenges(requirements, realm, { error: 'invalid_token' }))
    case 'lacks-scopes': {
      const { scopes } = judged
      const lines = challenges(requirements, realm, { error: 'insufficient_scope', scopes })
      const named = scopes.join(', ').slice(0, 200)
      return refused(403, `The token lacks scopes that this operation asks for: ${named}.`, lines)
    }
  }
}

function refused(status: Refused['status'], detail: string, lines: readonly string[]): Refused {
  return { kind: 'refused', status, headers: { 'WWW-Authenticate': lines }, detail }
}
