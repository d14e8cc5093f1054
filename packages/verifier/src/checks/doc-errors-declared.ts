import { declaredContent, declaredResponse } from '../evidence/declared-response.ts'
import { type DocumentFault, documentFinding } from '../evidence/document-fault.ts'
import { listed, quote } from '../evidence/quote.ts'
import { inconclusive, pass } from '../evidence/verdict.ts'
import { withoutDocument } from '../evidence/without-document.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import type { NamedAnswer } from '../experiments/all-answers.ts'
import { answersToCreates } from '../experiments/answers-to-creates.ts'
import type { Creation } from '../target/target.ts'
import type { Check } from './check.ts'

/** Every refusal that a client can provoke is in the document. */
export const docErrorsDeclared: Check = {
  id: 'doc-errors-declared',
  group: 'documentation',
  title: 'The document declares the refusals that are answered, with their media type',
  level: 'warning',
  basis: 'guideline',
  source: 'OpenAPI 3.1 §4.8.16; Zalando #151',
  confirmations: 0,
  async run(ask, operation) {
    const none = withoutDocument(operation)
    if (none !== undefined) return none
    const refusals = (await ask(answersToCreates)).filter(isProvoked)
    if (refusals.length === 0) return inconclusive('no request of this operation was refused')
    const kinds = byKind(refusals)
    const faults = [...kinds.values()].flatMap((group) => faultsOf(group, operation.creation))
    if (faults.length === 0) return pass(...[...kinds.values()].map(([first]) => first.answer))
    return documentFinding(
      faults,
      'Declare each status that clients can get, or 4XX or default, with the media type and the schema of the errors.',
    )
  },
}

// Who calls, how often and through what: about these a document of the operation need not speak. The rest of a client
// is told by the server before the API is asked.
const elsewhere: ReadonlySet<number> = new Set([401, 403, 407, 408, 421, 425, 426, 429, 431, 451])
const technical: ReadonlySet<number> = new Set([405, 406, 411, 413, 414, 415, 417])

function isProvoked({ answer }: NamedAnswer): boolean {
  const { status } = answer.response
  return status >= 400 && status < 500 && !elsewhere.has(status)
}

type Group = readonly [NamedAnswer, ...NamedAnswer[]]

/** The answers of one status and media type together; those to the API's own rules before those to broken requests. */
function byKind(refusals: readonly NamedAnswer[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>()
  const own = (one: NamedAnswer) => Number(isTechnical(one))
  for (const one of [...refusals].sort((a, b) => own(a) - own(b))) {
    const name = `${one.answer.response.status} ${mediaTypeOf(one.answer)}`
    const known = groups.get(name)
    groups.set(name, known === undefined ? [one] : [...known, one])
  }
  return groups
}

function isTechnical(one: NamedAnswer): boolean {
  return one.technical === true || technical.has(one.answer.response.status)
}

function faultsOf(group: Group, creation: Creation): DocumentFault[] {
  const [first] = group
  const { status, body } = first.answer.response
  const evidence = group.slice(0, 3).map(({ answer }) => answer)
  const declared = declaredResponse(creation, status)
  // A list of errors that lacks one of the operation's own says otherwise; a document without any only says nothing.
  const listsErrors = Object.keys(creation.responses).some((one) => /^4/.test(one))
  if (declared === undefined) {
    const level = listsErrors && !isTechnical(first) ? 'warning' : 'note'
    return [{ level, what: `${status} is not declared (answer to ${first.to})`, evidence }]
  }
  const types = Object.keys(declared.response.content)
  const mediaType = mediaTypeOf(first.answer)
  if (body === '' || mediaType === '' || types.length === 0) return []
  if (declaredContent(declared.response, mediaType) !== undefined) return []
  const what = `${status} has the media type ${quote(mediaType)}, and ${declared.as} declares ${listed(types.slice(0, 3).map(quote))} (answer to ${first.to})`
  return [{ level: isTechnical(first) ? 'note' : 'warning', what, evidence }]
}
