import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted, refused } from '../experiments/attempt.ts'
import { digests } from '../experiments/digests.ts'
import type { Check } from './check.ts'

/** Who asks for a digest looks at it. */
export const digestChecked: Check = {
  id: 'digest-checked',
  group: 'representation',
  title: 'Where digests are asked for, content that does not fit its digest is refused and creates nothing',
  level: 'note',
  basis: 'standard',
  source: 'RFC 9530 §2, §3, §4',
  async run(ask) {
    const tried = await ask(digests)
    if (tried.kind === 'impossible') return skip(tried.reason)
    if (tried.kind === 'untaken')
      return inconclusive(`a create with the right digest answered ${tried.right.status}`, tried.right)
    const { header, right, wrong, copies } = tried
    // What is only accepted may be looked at later.
    if (wrong.status === 202) return inconclusive('the create was only accepted (202)', wrong)
    if (accepted(wrong)) {
      return fail({
        message: `The API asks for ${header}, and a create whose content does not fit its digest answers ${wrong.status} like one whose content does.`,
        fix: 'Compare the digest with the bytes that came before they are parsed, and answer 400 where they differ; or do not ask for it.',
        evidence: [wrong, right],
      })
    }
    if (copies?.kind === 'counted' && copies.count > 0) {
      return fail({
        message: `A create whose content does not fit its digest (${header}) answered ${wrong.status}, and the resource was created all the same.`,
        fix: 'Compare the digest before anything is created.',
        evidence: [wrong, [...copies.evidence], right],
      })
    }
    if (!refused(wrong) || wrong.status === 429) return inconclusive(`the create answered ${wrong.status}`, wrong)
    if (copies?.kind !== 'counted') return inconclusive(copies?.reason ?? 'nothing shows what is left of it', wrong)
    return pass(wrong, [...copies.evidence], right)
  },
}
