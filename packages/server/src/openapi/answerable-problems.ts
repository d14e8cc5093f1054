import type { CreationDefinition } from '../creation/definition.ts'
import type { ProblemCode } from '../creation/problems/problem-entry.ts'

/** How an operation documents one code of the catalogue. */
interface DocumentedProblem {
  /** Whether this creation, at this path, can answer it. */
  readonly when: (definition: CreationDefinition, path: string | undefined) => boolean
  /** Where a setting chooses the status. */
  readonly status?: (definition: CreationDefinition) => number
  /** What the problem is sent with besides its content; `true` where it always is. */
  readonly headers?: Readonly<Record<string, boolean>>
  /** Extension members that it always has. */
  readonly members?: readonly string[]
}

const always = (): boolean => true
const withKeys = ({ idempotency }: CreationDefinition): boolean => idempotency !== 'off'
const RETRY = { 'Retry-After': true }

/** Which problems a creation can answer, by its policies: a row for each code, which the compiler asks for. */
export const answerableProblems: Readonly<Record<ProblemCode, DocumentedProblem>> = {
  'malformed-body': { when: always },
  'invalid-input': { when: always, status: ({ invalidStatus }) => invalidStatus, members: ['errors'] },
  'parent-not-found': { when: mayHaveParent },
  'method-not-allowed': { when: always, headers: { Allow: true } },
  'not-acceptable': { when: always },
  'content-too-large': { when: always },
  'unsupported-media-type': { when: always, headers: { 'Accept-Post': false, 'Accept-Encoding': false } },
  'idempotency-key-missing': { when: ({ idempotency }) => idempotency === 'required' },
  // Where no key is taken one is refused, never ignored.
  'idempotency-key-invalid': { when: always },
  'idempotency-key-in-flight': { when: withKeys, headers: RETRY },
  'idempotency-key-blocked': { when: (definition) => withKeys(definition) && definition.onCrash === 'block' },
  'idempotency-key-reused': { when: withKeys, status: ({ reusedStatus }) => reusedStatus },
  // Also under return-existing, where `find` shows nothing to this caller.
  'duplicate-resource': {
    // A PUT without a condition meets what is there, where it may not replace it.
    when: ({ duplicates, form }) =>
      duplicates !== 'allow' || (form.kind === 'put' && form.condition === 'optional' && !form.replaces),
    members: ['fields'],
  },
  'precondition-failed': { when: ({ form }) => form.kind === 'put' },
  'precondition-required': { when: ({ form }) => form.kind === 'put' && form.condition === 'required' },
  'internal-error': { when: always },
  overloaded: { when: always, headers: RETRY },
  'store-unavailable': { when: always, headers: RETRY },
  'record-unreadable': { when: withKeys, headers: RETRY },
}

/** Without a parameter in its path a creation has no parent; a declared row may refer to one that a column names. */
function mayHaveParent({ isRow, location }: CreationDefinition, path: string | undefined): boolean {
  if (isRow) return true
  if (path !== undefined) return path.includes('{')
  return location === undefined || (location.match(/\{/g) ?? []).length > 1
}
