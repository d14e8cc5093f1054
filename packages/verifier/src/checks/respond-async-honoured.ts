import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { askedLater } from '../experiments/asked-later.ts'
import { accepted } from '../experiments/attempt.ts'
import { created } from '../experiments/created.ts'
import { isApplied } from '../experiments/is-applied.ts'
import type { Check } from './check.ts'

/** Who asks to be answered early, and is, learns that from the answer, and where to look. */
export const respondAsyncHonoured: Check = {
  id: 'respond-async-honoured',
  group: 'asynchronous creation',
  title: 'Prefer: respond-async is ignored, or answered with 202, Preference-Applied and a monitor',
  level: 'note',
  basis: 'standard',
  source: 'RFC 7240 §3, §4.1; OData 4.01 §8.2.8.8',
  async run(ask) {
    const plain = await ask(created)
    if (plain.status === 202) return skip('the create answers 202 without being asked')
    const { attempt, ended } = await ask(askedLater)
    if (!accepted(attempt)) return skip('the preference is refused, which prefer-handled judges')
    const claims = isApplied(attempt, 'respond-async')
    if (ended === undefined) {
      if (!claims) return skip('the API does not answer earlier when it is asked to')
      return fail({
        message: `Preference-Applied says respond-async, and the answer is ${attempt.status} and not 202.`,
        fix: 'Send Preference-Applied only when the preference was applied.',
        evidence: [attempt, plain],
      })
    }
    if (!claims) {
      return fail({
        message:
          'A create with Prefer: respond-async answers 202, and without it it does not. The answer has no Preference-Applied: respond-async (RFC 7240 §3), so a client cannot tell that its wish was heard.',
        fix: 'Send Preference-Applied: respond-async with the 202.',
        evidence: [attempt, plain],
      })
    }
    switch (ended.kind) {
      case 'created':
        return pass(attempt, ...ended.answers.slice(-1), ended.read)
      case 'no pointer':
        if (ended.holds) break
        return fail({
          message: 'A create with Prefer: respond-async answers 202, and nothing in the answer leads to a monitor.',
          fix: 'Send the URL of a status monitor in Location.',
          evidence: [attempt, plain],
        })
      case 'lost':
      case 'gone':
      case 'broken':
      case 'silent':
        return fail({
          message:
            'A create with Prefer: respond-async answers 202, and its monitor does not lead to what was created.',
          fix: 'Keep the monitor after the end, and let it redirect (303) or link to the resource.',
          evidence: [attempt, ...ended.answers.slice(-1)],
        })
    }
    return inconclusive('what became of the accepted create was not seen', attempt)
  },
}
