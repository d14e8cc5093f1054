import { declaredContent, declaredResponse } from '../evidence/declared-response.ts'
import { type DocumentFault, documentFinding } from '../evidence/document-fault.ts'
import { listed, quote } from '../evidence/quote.ts'
import { pass } from '../evidence/verdict.ts'
import { withoutDocument } from '../evidence/without-document.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { created, createdAgain } from '../experiments/created.ts'
import type { Creation } from '../target/target.ts'
import type { Check } from './check.ts'

/** The document declares the success that is really answered. */
export const doc201AndLocation: Check = {
  id: 'doc-201-and-location',
  group: 'documentation',
  title: 'The document declares the success that is answered, its schema and Location',
  level: 'warning',
  basis: 'guideline',
  source: 'OpenAPI 3.1 §4.8.16, §4.8.17; Zalando #151',
  confirmations: 0,
  async run(ask, operation) {
    const none = withoutDocument(operation)
    if (none !== undefined) return none
    const attempts = [await ask(created), await ask(createdAgain)]
    // The second create may be refused, which is an error and another check's.
    const successes = attempts.filter(({ status }) => status >= 200 && status < 400)
    const seen = new Map(successes.map((attempt) => [attempt.status, attempt]))
    const faults = [...seen.values()].flatMap((attempt) => faultsOf(attempt, operation.creation))
    if (faults.length === 0) return pass(...seen.values())
    return documentFinding(
      faults,
      'Declare the status that the handler sends, with the schema of its content and the header Location, or generate the document from the code that answers.',
    )
  },
}

function faultsOf(attempt: Attempt, creation: Creation): DocumentFault[] {
  const { status, answer, locations } = attempt
  const fault = (level: DocumentFault['level'], what: string): DocumentFault => ({ level, what, evidence: [attempt] })
  const declared = declaredResponse(creation, status)
  if (declared === undefined) {
    const others = Object.keys(creation.responses).filter((one) => /^[23]/.test(one))
    return others.length === 0
      ? [fault('note', `a create answers ${status}, and no success is declared`)]
      : [fault('warning', `a create answers ${status}, and the document declares ${listed(others)}`)]
  }
  const { response, as } = declared
  const faults: DocumentFault[] = []
  const types = Object.keys(response.content)
  const mediaType = mediaTypeOf(answer)
  if (answer.response.body !== '' && mediaType !== '') {
    const content = declaredContent(response, mediaType)
    if (content === undefined && types.length > 0) {
      const what = `${status} has the media type ${quote(mediaType)}, and ${as} declares ${listed(types.slice(0, 3).map(quote))}`
      faults.push(fault('warning', what))
    }
    if (types.length === 0 || (content !== undefined && content.schema === undefined))
      faults.push(fault('note', `${status} has content, and ${as} declares no schema for it`))
  }
  const headers = response.headers.map((name) => name.toLowerCase())
  if (locations.length > 0 && !headers.includes('location'))
    faults.push(fault('note', `${status} has a Location, and ${as} does not declare the header`))
  return faults
}
