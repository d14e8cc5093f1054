import type { Identity } from '../credentials/credentials.ts'
import type { Demand, Requirement } from '../document/requirements-of.ts'
import type { Identified } from './identify.ts'

/** What an operation's requirements say to a request. */
export type Judgement =
  | { readonly kind: 'principal'; readonly id: string }
  | { readonly kind: 'anybody' }
  | { readonly kind: 'unauthenticated' }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'lacks-scopes'; readonly scopes: readonly string[] }

/**
 * Judges requirements in the order of the document: the first that is fulfilled counts (OpenAPI 3.1 §4.8.30). One without
 * demands lets in whoever brings no credentials at all, and never those who bring wrong ones: they mean to be somebody.
 */
export async function judge(
  requirements: readonly Requirement[],
  identified: (demand: Demand) => Promise<Identified>,
): Promise<Judgement> {
  let worst: Judgement = { kind: 'unauthenticated' }
  for (const requirement of requirements) {
    if (requirement.length === 0) continue
    const judged = await judgeOne(requirement, identified)
    if (judged.kind === 'principal') return judged
    if (weight(judged) > weight(worst)) worst = judged
  }
  const isOptional = requirements.length === 0 || requirements.some((requirement) => requirement.length === 0)
  return isOptional && worst.kind === 'unauthenticated' ? { kind: 'anybody' } : worst
}

/** All demands of a requirement, which have to stand for one principal. */
async function judgeOne(
  requirement: Requirement,
  identified: (demand: Demand) => Promise<Identified>,
): Promise<Judgement> {
  const found: Identity[] = []
  const lacking: string[] = []
  for (const demand of requirement) {
    const seen = await identified(demand)
    if (seen.kind === 'wrong') return seen
    if (seen.kind === 'absent') continue
    found.push(seen.identity)
    const { scopes } = seen.identity
    if (scopes !== undefined) lacking.push(...demand.scopes.filter((scope) => !scopes.has(scope)))
  }
  const [first] = found
  if (first === undefined) return { kind: 'unauthenticated' }
  if (found.length < requirement.length) return { kind: 'wrong', why: 'Some of the credentials are missing.' }
  if (found.some(({ id }) => id !== first.id))
    return { kind: 'wrong', why: 'The credentials are those of different principals.' }
  return lacking.length > 0 ? { kind: 'lacks-scopes', scopes: lacking } : { kind: 'principal', id: first.id }
}

/** Of several refusals the one that came farthest is told. */
function weight({ kind }: Judgement): number {
  return ['unauthenticated', 'wrong', 'lacks-scopes'].indexOf(kind)
}
