import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { deletion } from '../experiments/deletion.ts'
import type { Check } from './check.ts'

/** What is said to be deleted is gone. */
export const createdDeletable: Check = {
  id: 'created-deletable',
  group: 'operations',
  title: 'What was created can be deleted where the document says so, and is gone then',
  level: 'note',
  basis: 'derived',
  source: 'RFC 9110 §9.3.5; Zalando #148',
  async run(ask) {
    const tried = await ask(deletion)
    if (tried.kind === 'impossible') return skip(tried.reason)
    const { before, deleted, after } = tried
    const status = deleted.response?.status
    if (status === undefined) return inconclusive('DELETE was not answered', deleted)
    if (status === 404 || status === 405 || status >= 500) {
      return fail({
        message: `The document has a DELETE for what is created, and right after a create it answers ${status}.`,
        fix:
          status >= 500
            ? 'Find out what DELETE trips over; often it is a row that should have been refused when it was created.'
            : 'Route DELETE to where the resource is, or take it out of the document.',
        evidence: [deleted, before],
      })
    }
    if (status > 299) return inconclusive(`DELETE answered ${status}: it may not be allowed here`, deleted)
    if (status === 202) return pass(deleted, before)
    const left = after?.response
    if (left === undefined) return inconclusive('the read after DELETE was not answered', deleted)
    // What is kept and shown as deleted has changed; what has not changed was not deleted.
    if (left.status !== 200 || left.body !== before.response.body)
      return pass(deleted, before, ...(after ? [after] : []))
    return fail({
      message: `DELETE answered ${status}, and a second later GET shows the resource as it was before.`,
      fix: 'Delete before answering; answer 202 where it is only going to happen.',
      evidence: [deleted, ...(after ? [after] : []), before],
    })
  },
}
