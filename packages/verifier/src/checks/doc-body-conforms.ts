import { declaredContent, declaredResponse } from '../evidence/declared-response.ts'
import { type DocumentFault, documentFinding } from '../evidence/document-fault.ts'
import { exampleFaults } from '../evidence/example-faults.ts'
import { schemaBreaks } from '../evidence/schema-breaks.ts'
import { inconclusive, pass, skip } from '../evidence/verdict.ts'
import { withoutDocument } from '../evidence/without-document.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import type { NamedAnswer } from '../experiments/all-answers.ts'
import { answersToCreates } from '../experiments/answers-to-creates.ts'
import { documentedExamples } from '../experiments/documented-examples.ts'
import { parseJson } from '../experiments/json-node.ts'
import type { Operation } from '../experiments/operation.ts'
import type { JsonSchema } from '../target/target.ts'
import type { Check } from './check.ts'

/** What is answered fits the schemas, and the examples are good ones. */
export const docBodyConforms: Check = {
  id: 'doc-body-conforms',
  group: 'documentation',
  title: 'Answers fit their declared schemas, and the examples of the document are accepted',
  level: 'warning',
  basis: 'derived',
  source: 'OpenAPI 3.1 §4.8.14, §4.8.24; Zalando #101, #151',
  confirmations: 0,
  async run(ask, operation) {
    const none = withoutDocument(operation)
    if (none !== undefined) return none
    const judged = (await ask(answersToCreates)).filter(isUsual(operation)).flatMap((one) => {
      const schema = schemaOf(one, operation)
      return schema === undefined ? [] : [{ one, schema }]
    })
    const examples = (operation.creation.body?.examples.length ?? 0) > 0 ? await ask(documentedExamples) : []
    const { version } = operation.target.document
    const results = judged.map(({ one, schema }) => ({ one, breaks: schemaBreaks(schema, jsonOf(one), version) }))
    const faults = [...answerFaults(results), ...exampleFaults(examples, operation)]
    if (faults.length > 0) {
      return documentFinding(
        faults,
        'Make the schema and the answer agree: generate one from the other, and test the examples against the API.',
      )
    }
    const usable = results.filter(({ breaks }) => breaks !== undefined)
    if (usable.length === 0 && examples.length === 0) {
      return judged.length === 0
        ? skip('the document has no schema for any answer that was seen, and no example')
        : inconclusive('the schemas of the answers cannot be used')
    }
    // One of each status is enough to look at.
    const shown = new Map(usable.map(({ one: { answer } }) => [answer.response.status, answer]))
    return pass(...shown.values(), ...examples.map(({ attempt }) => attempt))
  },
}

/** What is made of content that should have been refused is a fault of its own, and fits no schema. */
function isUsual({ creation, target }: Operation): (one: NamedAnswer) => boolean {
  return ({ answer: { request, response }, technical }) => {
    if (response.status >= 400 || creation.body === undefined) return true
    if (technical === true) return false
    const sent = parseJson(request.body)
    return sent === undefined || schemaBreaks(creation.body.schema, sent, target.document.version)?.length === 0
  }
}

function jsonOf({ answer }: NamedAnswer): unknown {
  return parseJson(answer.response.body)
}

/** The schema that an answer has to fit; none where the document says nothing, or the content is no JSON. */
function schemaOf(one: NamedAnswer, { creation }: Operation): JsonSchema | undefined {
  const { status } = one.answer.response
  const mediaType = mediaTypeOf(one.answer)
  if (!/[/+]json$/.test(mediaType) || jsonOf(one) === undefined) return undefined
  const declared = declaredResponse(creation, status)
  if (declared === undefined) return undefined
  // Frameworks that know one answer only declare it as the default: what it says is about the success.
  const declaresSuccess = Object.keys(creation.responses).some((name) => /^[23]/.test(name))
  if (declared.as === 'default' && status >= 400 && !declaresSuccess) return undefined
  return declaredContent(declared.response, mediaType)?.schema
}

/** Each break once for each status: the same member is wrong in every answer. */
function answerFaults(
  results: readonly { one: NamedAnswer; breaks: ReturnType<typeof schemaBreaks> }[],
): DocumentFault[] {
  const faults = new Map<string, DocumentFault>()
  for (const { one, breaks = [] } of results) {
    const { status } = one.answer.response
    for (const { name, what } of breaks) {
      const id = `${status} ${name}`
      if (faults.has(id)) continue
      faults.set(id, { level: 'warning', what: `in a ${status} ${what}, answering ${one.to}`, evidence: [one.answer] })
    }
  }
  return [...faults.values()]
}
