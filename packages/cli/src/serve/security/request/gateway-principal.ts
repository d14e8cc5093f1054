import type { FastifyRequest } from 'fastify'
import type { Requirement } from '../document/requirements-of.ts'
import type { Judgement } from './judge.ts'
import { headerLines } from './presented.ts'

// What a principal of a token may be at most; it is part of an index.
const LONGEST = 512

/**
 * Whom a gateway says that a request is from. Twice is refused: one of the lines may be the client's, which a gateway
 * should have taken out.
 */
export function gatewayPrincipal(
  header: string,
  requirements: readonly Requirement[],
  request: Pick<FastifyRequest, 'raw'>,
): Judgement {
  const lines = headerLines(request, header)
  const id = lines[0]?.trim() ?? ''
  if (lines.length > 1) return { kind: 'wrong', why: 'The header that names the principal is there more than once.' }
  if (id.length > LONGEST) return { kind: 'wrong', why: `The principal has more than ${LONGEST} characters.` }
  if (id !== '') return { kind: 'principal', id }
  const isOptional = requirements.some((requirement) => requirement.length === 0)
  return isOptional ? { kind: 'anybody' } : { kind: 'unauthenticated' }
}
