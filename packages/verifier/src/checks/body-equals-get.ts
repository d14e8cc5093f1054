import { declaredOtherwise } from '../evidence/declared-otherwise.ts'
import { type Difference, differences } from '../evidence/differences.ts'
import { listed } from '../evidence/quote.ts'
import { declares, shownMembers } from '../evidence/shown-members.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { created, createdRead } from '../experiments/created.ts'
import { isObject } from '../experiments/json-node.ts'
import { carries } from '../experiments/marks.ts'
import { secondRead } from '../experiments/second-read.ts'
import type { Check } from './check.ts'

/** What the create answers is what a read shows: no echo of the input, no value that the database changed. */
export const bodyEqualsGet: Check = {
  id: 'body-equals-get',
  group: 'representation',
  title: 'The body of the answer equals a following GET',
  level: 'warning',
  basis: 'guideline',
  source: 'OData 4.01 §11.4.1.5; FHIR create; RFC 9110 §8.7',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    if (create.status === 202) return skip('the create was only accepted (202), so its answer shows another state')
    if (create.resource === undefined) return skip('the answer holds no resource to compare')
    if (!carries(create.resource, create.marks)) {
      return skip('the answer refers to the resource, and does not show it')
    }
    const read = await ask(createdRead)
    if (read.kind === 'blind') return inconclusive(read.reason, create)
    if (read.kind === 'missing') return inconclusive('what was created could not be read', create, ...read.answers)
    if (read.resource === undefined) return inconclusive('the read answers no object', create, read.answer)
    const again = await ask(secondRead)
    const moving = new Set(
      again?.resource === undefined ? [] : differences(read.resource, again.resource).map(({ pointer }) => pointer),
    )

    const { creation } = operation
    const onCreate = shownMembers(creation.responses, [String(create.status), '2XX', 'default'])
    const onRead = shownMembers(creation.read?.responses, ['200', '2XX', 'default'])
    const real = differences(create.resource, read.resource).filter(({ pointer, expected, seen }) => {
      const member = pointer.split('/').at(-1) ?? ''
      if (moving.has(pointer)) return false
      // A member that one of the answers does not even declare is meant to be in the other one only.
      if (expected === undefined && onCreate.kind === 'declared' && !declares(onCreate, member)) return false
      if (seen === undefined && onRead.kind === 'declared' && !declares(onRead, member)) return false
      // One that both have in forms of their own cannot be the same in both.
      if (expected !== undefined && declaredOtherwise(onRead, pointer, expected)) return false
      if (seen !== undefined && declaredOtherwise(onCreate, pointer, seen)) return false
      return !(expected === undefined && (isObject(seen) || Array.isArray(seen)))
    })
    if (real.length === 0) return pass(create, read.answer)
    return fail({
      message: `The answer to the create and the GET right after it differ: ${listed(real.slice(0, 4).map(described))}.`,
      fix: 'Answer with what was stored: read the row back, or have the statement return it (RETURNING), instead of echoing the input.',
      evidence: [create, read.answer],
    })
  },
}

function described({ pointer, expected, seen }: Difference): string {
  const shown = (value: unknown) => (value === undefined ? 'absent' : JSON.stringify(value).slice(0, 60))
  return `${pointer === '' ? 'the whole value' : pointer} is ${shown(expected)} in the answer and ${shown(seen)} in the GET`
}
