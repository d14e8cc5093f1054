import { fail, pass, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { created } from '../experiments/created.ts'
import { isApplied } from '../experiments/is-applied.ts'
import { preferences } from '../experiments/preferences.ts'
import type { Check } from './check.ts'

/** A preference is a wish: what is unknown is ignored, what is claimed to be applied is. */
export const preferHandled: Check = {
  id: 'prefer-handled',
  group: 'representation',
  title: 'Preferences are ignored or honoured, never an error',
  level: 'error',
  basis: 'standard',
  source: 'RFC 7240 §2, §3, §4.2',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const plain = await ask(created)
    const { unknown, minimal, representation, later } = await ask(preferences)
    const all = [unknown, minimal, representation, later]
    const wrong = (message: string, fix: string, attempt: Attempt): Verdict =>
      fail({ message, fix, evidence: [attempt, plain] })
    for (const [name, attempt] of [
      ['createonce-unknown', unknown],
      ['return=minimal', minimal],
      ['return=representation', representation],
      ['respond-async', later],
    ] as const) {
      if (!accepted(attempt)) {
        return wrong(
          `A create with Prefer: ${name} answered ${attempt.status}, and without it ${plain.status}. RFC 7240 §2: a server that does not support a preference ignores it.`,
          'Ignore preferences that are not supported.',
          attempt,
        )
      }
    }
    if (
      isApplied(minimal, 'return=minimal') &&
      minimal.answer.response.body !== '' &&
      minimal.answer.response.body === comparable(minimal, plain)
    ) {
      return wrong(
        'Preference-Applied says return=minimal, and the answer has the whole body.',
        'Send Preference-Applied only when the preference was applied.',
        minimal,
      )
    }
    const tells = (attempt: Attempt) => attempt.answer.response.body !== '' || attempt.locations.length > 0
    // What tells nothing without a preference either is another finding; what a PUT created is at the URL that the
    // client chose.
    if (minimal.status !== 202 && tells(plain) && !tells(minimal) && minimal.name === undefined) {
      return wrong(
        `With Prefer: return=minimal the answer (${minimal.status}) has neither content nor Location: the new resource cannot be found.`,
        'Keep Location in the minimal answer.',
        minimal,
      )
    }
    if (isApplied(representation, 'return=representation') && representation.answer.response.body === '') {
      return wrong(
        'Preference-Applied says return=representation, and the answer has no body.',
        'Send the created resource.',
        representation,
      )
    }
    return pass(plain, ...all)
  },
}

// A minimal answer may well have a few words; the same members as the plain answer are the whole body.
function comparable(minimal: Attempt, plain: Attempt): string {
  const members = (attempt: Attempt) =>
    Object.keys(attempt.resource ?? {})
      .sort()
      .join()
  return members(minimal) !== '' && members(minimal) === members(plain) && Object.keys(plain.resource ?? {}).length > 2
    ? minimal.answer.response.body
    : ''
}
