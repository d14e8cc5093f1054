import type { Answer } from '../../creation/answer.ts'
import type { Creation, Refused } from '../../creation/creation.ts'

/** Answers a method that a creation's path has not: 405 with `Allow`; OPTIONS is told the same in 204. */
export function refuseMethod<Native>(
  creation: Creation<Native>,
  method: string,
  methods: Iterable<string>,
  refused: Refused,
): Answer {
  const allowed = new Set(methods)
  allowed.delete('OPTIONS')
  if (allowed.has('GET')) allowed.add('HEAD')
  const allow = [...[...allowed].sort(), 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return { status: 204, headers: { Allow: allow, 'Accept-Post': 'application/json' } }
  return creation.refuse('method-not-allowed', `${method} is not possible here.`, refused, { Allow: allow })
}
