import { type DocumentFault, documentFinding } from '../evidence/document-fault.ts'
import { keyPolicyOf } from '../evidence/policy-of.ts'
import { inconclusive, pass, skip } from '../evidence/verdict.ts'
import { withoutDocument } from '../evidence/without-document.ts'
import { accepted } from '../experiments/attempt.ts'
import { replay } from '../experiments/replay.ts'
import { keyHeaderName } from '../experiments/required-parameters.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Creation, Parameter } from '../target/target.ts'
import type { Check } from './check.ts'

/** Clients can read how keys are used. */
export const docIdempotencyPolicy: Check = {
  id: 'doc-idempotency-policy',
  group: 'documentation',
  title: 'The document declares the header of the key, its form, how long it counts, and its errors',
  level: 'warning',
  basis: 'guideline',
  source: 'draft-ietf-httpapi-idempotency-key-header §2.3, §2.5.2, §5; AIP-155; Zalando #230',
  confirmations: 0,
  async run(ask, operation) {
    const none = withoutDocument(operation)
    if (none !== undefined) return none
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, second } = await ask(replay)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    const same = sameResource(first, second)
    if (same === undefined) return inconclusive('the answers do not show whether the key was used', first, second)
    // What is said about keys that are not used is another check's.
    if (!accepted(second) || same === false)
      return skip('a retry with the same key is not answered by the first result')
    const faults = faultsOf(operation.creation).map((fault) => ({ ...fault, evidence: [second, first] }))
    if (faults.length === 0) return pass(first, second)
    return documentFinding(
      faults,
      'Declare the header as a parameter with the length and the form of its value, say how long a key is remembered, and declare what a reused or busy key is answered.',
    )
  },
}

type Fault = Omit<DocumentFault, 'evidence'>

function faultsOf(creation: Creation): Fault[] {
  const name = keyHeaderName(creation)
  const parameter = creation.parameters.find((one) => one.in === 'header' && one.name === name)
  const faults: Fault[] = []
  if (parameter === undefined)
    faults.push({
      level: 'warning',
      what: `keys are used, and no parameter ${name} is declared, so that clients have none`,
    })
  else if (!tellsForm(parameter))
    faults.push({ level: 'note', what: `nothing says how long a value of ${name} may be, or what is in it` })
  if (creation.policy.retention === undefined && !tellsTime(`${parameter?.description} ${creation.description}`))
    faults.push({ level: 'note', what: 'nothing says how long a key is remembered' })
  if (!Object.keys(creation.responses).some((one) => /^(4XX|default|400|409|422)$/.test(one)))
    faults.push({ level: 'note', what: 'nothing says what a reused key, or one in flight, is answered' })
  return faults
}

function tellsForm({ schema, description }: Parameter): boolean {
  const { maxLength, pattern, format, enum: values } = schema
  return (
    [maxLength, pattern, format, values].some((one) => one !== undefined) ||
    /\b(uuid|character|length|max)/i.test(description ?? '')
  )
}

function tellsTime(text: string): boolean {
  return /\b(expir|retain|retention|remember|kept|valid for|hours?\b|days?\b|minutes?\b|forever|PT?\d)/i.test(text)
}
