import type { Check } from '../../checks/check.ts'
import { fail, inconclusive, pass } from '../../evidence/verdict.ts'
import { created, createdRead } from '../../experiments/created.ts'

/** A valid request creates something, and the answer says so. */
export const stepCreate: Check = {
  id: 'create',
  group: 'success',
  title: 'A valid request creates a resource and is answered 201',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §9.3.3, §9.3.4, §15.3.2',
  methods: ['POST', 'PUT'],
  confirmations: 0,
  async run(ask, { creation }) {
    const create = await ask(created)
    const { status } = create
    if (status === 201) return pass(create)
    if ([202, 204].includes(status) && String(status) in creation.responses) return pass(create)
    const read = await ask(createdRead)
    // A PUT may have replaced what had the name; that it was free was not looked at.
    if (read.kind !== 'read' || creation.method === 'PUT')
      return inconclusive(`the create answered ${status}, and nothing shows whether it created something`, create)
    return fail({
      message: `The resource was created, and the answer is ${status}. RFC 9110 §9.3.3 asks for 201 (Created) when a POST has created a resource.`,
      fix: 'Answer 201, with the URL of the new resource in Location.',
      evidence: [create, read.answer],
    })
  },
}
