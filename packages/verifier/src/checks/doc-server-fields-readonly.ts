import { listed, quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { withoutDocument } from '../evidence/without-document.ts'
import { type DeclaredServerMember, declaredServerMembers } from '../experiments/declared-server-members.ts'
import type { Check } from './check.ts'

/** What a client sends by the document is taken. */
export const docServerFieldsReadonly: Check = {
  id: 'doc-server-fields-readonly',
  group: 'documentation',
  title: 'Members of the request that only the server sets are declared as readOnly',
  level: 'warning',
  basis: 'guideline',
  source: 'JSON Schema 2020-12 Validation §9.4 (OpenAPI 3.1); AIP-203; OWASP API3:2023',
  async run(ask, operation) {
    const none = withoutDocument(operation)
    if (none !== undefined) return none
    const { tried, marked } = await ask(declaredServerMembers)
    if (tried.length === 0 && marked === undefined)
      return skip('the request schema declares no id and no time that the server makes')
    const wrong = tried.filter(({ outcome: { kind } }) => kind === 'replaced' || kind === 'refused')
    if (wrong.length > 0) {
      return fail({
        message: `The request schema declares ${listed(wrong.map(({ member }) => quote(member)))} as any other member, and the API does not take ${wrong.length === 1 ? 'it' : 'them'}: ${wrong.map(toWords).join('; ')}.`,
        fix: 'Declare what the server alone sets with readOnly: true, or give the request a schema of its own without it.',
        evidence: wrong.flatMap(({ attempt, outcome }) => [attempt, ...proofOf(outcome)]),
      })
    }
    const taken = tried.filter(({ outcome: { kind } }) => kind === 'taken')
    if (taken.length === tried.length)
      return pass(...taken.map(({ attempt }) => attempt), ...(marked === undefined ? [] : [marked]))
    return inconclusive(
      'what became of the members was not seen, or they were refused for what may be their value',
      ...tried.map(({ attempt }) => attempt),
    )
  },
}

function toWords({ member, sent, attempt, outcome }: DeclaredServerMember): string {
  return outcome.kind === 'replaced'
    ? `with ${member} ${quote(String(sent))} the create answers ${attempt.status}, and a read shows ${quote(String(outcome.shown))}`
    : `with ${member} it answers ${attempt.status}, also where the value is one that the server had made`
}

function proofOf(outcome: DeclaredServerMember['outcome']) {
  if (outcome.kind === 'refused') return [outcome.again]
  return outcome.kind === 'unclear' ? [] : [outcome.read]
}
