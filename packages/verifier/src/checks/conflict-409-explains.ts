import { tempered, uniquePolicyOf } from '../evidence/policy-of.ts'
import { listed, quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { duplicate } from '../experiments/duplicate.ts'
import { stringsWithin } from '../experiments/json-node.ts'
import type { Check } from './check.ts'

/** A conflict that says what conflicts can be resolved. */
export const conflict409Explains: Check = {
  id: 'conflict-409-explains',
  group: 'duplicates',
  title: 'A conflict names what conflicts',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §15.5.10; JSON:API 1.1; RFC 9457 §3.2',
  async run(ask, operation) {
    const policy = uniquePolicyOf(operation)
    if (policy.kind === 'unknown') return policy.verdict
    const tried = await ask(duplicate)
    if (tried.kind === 'impossible') return inconclusive(tried.reason)
    const { first, second } = tried
    if (second.status !== 409) return skip(`the duplicate is answered with ${second.status}, not 409`)
    const text = second.answer.response.body.toLowerCase()
    const names = policy.naturalKey.map((name) => (name.split(/[./]/).at(-1) ?? name).toLowerCase())
    const values = stringsWithin(first.body).map((value) => value.toLowerCase())
    const place = first.id?.value.toLowerCase()
    // The member, its value, or the resource that is in the way: any of them tells what to do.
    const telling = [
      ...names,
      ...names.map((name) => name.replace(/[_-]/g, ' ')),
      ...values.filter((one) => one.length > 3),
      ...(place === undefined || place.length < 4 ? [] : [place]),
    ]
    if (telling.some((one) => text.includes(one)) || second.locations.length > 0) return pass(first, second)
    return tempered(
      fail({
        message: `The 409 does not say that ${listed(policy.naturalKey)} is taken: ${quote(second.answer.response.body)}. RFC 9110 §15.5.10 asks for enough to recognise the source of the conflict.`,
        fix: 'Name the conflicting members in the problem document, and link the existing resource if the caller may see it.',
        evidence: [second, first],
      }),
      policy.inferred,
      policy.why,
    )
  },
}
