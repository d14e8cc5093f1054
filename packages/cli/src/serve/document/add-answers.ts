import type { OpenApiObject } from '@createonce/server/openapi'
import { asJson } from './as-json.ts'
import { resolve } from './resolve.ts'
import { withProblem } from './with-problem.ts'

/** What reads, changes and deletes answer besides what the document says. */
export function addAnswers(document: OpenApiObject, here: OpenApiObject): void {
  const responses = { ...here['responses'] } as OpenApiObject
  for (const [status, response] of Object.entries<OpenApiObject>(responses)) {
    if (status.startsWith('2')) responses[status] = asJson(resolve(document, response))
  }
  responses['404'] = withProblem(document, responses['404'], 'There is no such resource.')
  here['responses'] = responses
}
