import { listed, quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { isObject, parseJson } from '../experiments/json-node.ts'
import { twoFaults } from '../experiments/two-faults.ts'
import type { Check } from './check.ts'

/** All that is wrong is said at once, so that it can be mended at once. */
export const validationListsAllErrors: Check = {
  id: 'validation-lists-all-errors',
  group: 'validation',
  title: 'The refusal of invalid input names every member that is wrong',
  level: 'note',
  basis: 'convention',
  source: 'RFC 9457 §3; JSON:API 1.1; AIP-193',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const outcome = await ask(twoFaults)
    if (outcome === undefined) return skip('the schema has no two rules that could be broken independently')
    const { violation, tried } = outcome
    if (tried.kind === 'unanswered') return inconclusive('the request was not answered', tried.exchange)
    const { status } = tried.attempt
    if (status !== 400 && status !== 422) return inconclusive(`the invalid body answered ${status}`, tried.exchange)
    const text = said(tried.exchange.response.body).toLowerCase()
    const missing = violation.pointers.filter((pointer) => !text.includes(lastName(pointer)))
    if (missing.length === 0) return pass(tried.exchange)
    return fail({
      message: `A body that is wrong at ${listed(violation.pointers)} is refused with ${status}, which does not mention ${listed(missing)}: ${quote(tried.exchange.response.body)}.`,
      fix: 'Collect all violations, and answer each with a JSON Pointer and a reason (errors: [{ pointer, detail }]).',
      evidence: [tried.exchange],
    })
  },
}

// Every problem document has a member called title; that says nothing about a title that is wrong.
function said(body: string): string {
  const json = parseJson(body)
  if (!isObject(json)) return body
  const { type, title, status, detail, instance, ...more } = json
  return JSON.stringify([type, title, status, detail, instance, more])
}

function lastName(pointer: string): string {
  const names = pointer.split('/').filter((name) => name !== '' && !/^\d+$/.test(name))
  return (names.at(-1) ?? '').replace(/~1/g, '/').replace(/~0/g, '~').toLowerCase()
}
