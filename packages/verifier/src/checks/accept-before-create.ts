import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { unacceptable } from '../experiments/unacceptable.ts'
import type { Check } from './check.ts'

/** Whether an answer can be made is decided before there is something to answer about. */
export const acceptBeforeCreate: Check = {
  id: 'accept-before-create',
  group: 'media types and methods',
  title: 'A request that is refused for its Accept creates nothing',
  level: 'warning',
  basis: 'derived',
  source: 'RFC 9110 §12.5.1, §15.5.7; JSON:API 1.1',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const { attempt, copies } = await ask(unacceptable)
    // Answering in the default type is allowed (RFC 9110 §12.5.1).
    if (accepted(attempt)) return pass(attempt)
    const counted = copies.kind === 'counted' ? copies : undefined
    if ((counted?.count ?? 0) > 0) {
      return fail({
        message: `A create whose Accept cannot be met answered ${attempt.status}, and the resource was created all the same: the client will send it again.`,
        fix: 'Negotiate the type of the answer before anything is created, or fall back to the default type.',
        evidence: [attempt, counted?.evidence ?? []],
      })
    }
    if (attempt.status >= 500) {
      return fail({
        message: `A create whose Accept cannot be met answered ${attempt.status}; 406 is the status for it (RFC 9110 §15.5.7).`,
        fix: 'Answer 406, or fall back to the default type.',
        evidence: [attempt],
      })
    }
    return counted === undefined
      ? inconclusive(copies.kind === 'blind' ? copies.reason : '', attempt)
      : pass(attempt, counted.evidence)
  },
}
