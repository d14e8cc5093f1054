import { keyPolicyOf, tempered } from '../evidence/policy-of.ts'
import { listed } from '../evidence/quote.ts'
import { fail, pass, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { keySpellings, type OddKey } from '../experiments/key-spellings.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** One key in two spellings is one key, and what is no key is an error. */
export const idemKeySyntax: Check = {
  id: 'idem-key-syntax',
  group: 'idempotency',
  title: 'Keys are parsed: both spellings are one key, broken ones are refused',
  level: 'error',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.1; RFC 9651 §3.3.3, §4.2',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { quoted, bare, odd } = await ask(keySpellings)
    const wrong = (
      message: string,
      fix: string,
      evidence: readonly Attempt[],
      level?: 'warning',
      confirmations?: 0,
    ): Verdict =>
      tempered(
        fail({
          ...{ message, fix, evidence },
          ...(level === undefined ? {} : { level }),
          ...(confirmations === undefined ? {} : { confirmations }),
        }),
        policy.inferred,
      )
    if (accepted(quoted) && accepted(bare) && sameResource(quoted, bare) === false) {
      return wrong(
        'The same key in quotes (as the draft writes it) and bare (as most client libraries do) was taken for two keys: two resources were created.',
        'Parse the header as an RFC 9651 string and accept the bare form as the same key.',
        [bare, quoted],
      )
    }
    const unique = operation.creation.policy
    const isRejected = unique.naturalKey !== undefined && unique.duplicates?.value === 'reject'
    // One after the other, nothing is in flight: the second spelling was executed, and met what the first had made.
    if (accepted(quoted) && bare.status === 409 && isRejected) {
      return wrong(
        'The same key in quotes (as the draft writes it) and bare (as most client libraries do) was taken for two keys: the second request was executed, and refused as a duplicate of the first (409).',
        'Parse the header as an RFC 9651 string and accept the bare form as the same key.',
        [bare, quoted],
      )
    }
    const crashed = odd.filter(({ first }) => first.status >= 500)
    if (crashed.length > 0) {
      return wrong(
        `A key that is none is answered with a server error: ${listed(crashed.map(named))}.`,
        'Answer 400 when the key cannot be parsed.',
        crashed.map(({ first }) => first),
      )
    }
    // A key that was taken as it is protects the retry; one that was ignored leaves it unprotected, unnoticed.
    const ignored = odd.filter(
      ({ first, second }) => accepted(first) && accepted(second) && sameResource(first, second) === false,
    )
    if (ignored.length > 0) {
      return wrong(
        `A key that is none is ignored instead of refused, and the retry creates a second resource: ${listed(ignored.map(named))}.`,
        'Answer 400 when the key cannot be parsed: whoever sends one relies on it.',
        ignored.flatMap(({ first, second }) => [first, second]),
      )
    }
    const taken = odd.filter(({ first }) => accepted(first))
    if (taken.length > 0) {
      return wrong(
        `A key that is none by RFC 9651 is accepted: ${listed(taken.map(named))}.`,
        'Answer 400 when the key cannot be parsed, is empty, or is sent twice.',
        taken.map(({ first }) => first),
        'warning',
        // Other texts are fresh each time; the empty key is always the same, and by now it has a record.
        taken.every(({ name }) => name === 'empty') ? 0 : undefined,
      )
    }
    return pass(quoted, bare, ...odd.map(({ first }) => first))
  },
}

function named({ name, first }: OddKey): string {
  return `${name} (${first.status})`
}
