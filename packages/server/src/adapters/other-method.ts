import type { Answer } from '../creation/answer.ts'
import type { Creation, Refused } from '../creation/define-creation.ts'
import { allow } from './allow.ts'

/**
 * What the path of a creation answers to a method that is not there: OPTIONS gets 204, any other 405
 * `method-not-allowed`, both with `Allow`.
 */
export function otherMethod(
  creation: Creation<never>,
  methods: Iterable<string>,
  { method, ...refused }: Refused & { readonly method: string },
): Answer {
  const headers = { Allow: allow(methods) }
  if (method === 'OPTIONS') return { status: 204, headers: { ...headers, 'Accept-Post': 'application/json' } }
  return creation.refuse('method-not-allowed', `${method} is not possible here.`, refused, headers)
}
