import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { created, createdRead } from '../experiments/created.ts'
import { otherPrincipal, strangeRead } from '../experiments/other-principal.ts'
import type { Check } from './check.ts'

/** Knowing the URL of a private resource is no permission to read it. */
export const otherPrincipalCannotRead: Check = {
  id: 'other-principal-cannot-read',
  group: 'security',
  title: 'What one principal created in private another one cannot read',
  level: 'error',
  basis: 'guideline',
  source: 'OWASP API1:2023',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    if (operation.creation.policy.private !== true)
      return skip('nothing says that what is created is private (x-creation private)')
    const other = await ask(otherPrincipal)
    if (other.kind === 'none') return skip('there is no second principal (--other-header)')
    const create = await ask(created)
    const read = await ask(createdRead)
    if (read.kind !== 'read') return inconclusive('even the first principal cannot read what it created', create)
    if (other.kind === 'able' && other.ownRead === undefined)
      return inconclusive('the second principal cannot even read what it created itself', other.attempt)
    if (other.kind === 'powerless') {
      const { attempt } = other
      return inconclusive(`the second principal may not create: it is answered ${attempt.status}`, attempt)
    }
    const seen = await ask(strangeRead)
    if (seen.kind === 'shown') {
      return fail({
        message: `The first principal created in private what is at ${seen.answer.request.url}, and the second principal reads it there.`,
        fix: 'Look resources up by their owner and their id together, and answer 404 when there is none.',
        evidence: [seen.answer, create],
      })
    }
    return seen.kind === 'hidden'
      ? pass(create, ...seen.answers)
      : inconclusive('what the second principal is answered is neither the resource nor a refusal', ...seen.answers)
  },
}
