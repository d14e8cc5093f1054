import { observeCreation } from '../observe/observe-creation.ts'
import type { Creation } from './creation.ts'
import { type CreationForm, toDefinition } from './definition.ts'
import { handle } from './handle.ts'
import type { Plan } from './plan.ts'
import { rejected } from './rejection.ts'
import { report } from './report.ts'
import { toProblem } from './to-problem.ts'

/** A plan as adapters see it. */
export function toCreation<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  form: CreationForm,
): Creation<Native> {
  const { operation, observe = {} } = plan.settings
  return {
    operation,
    maxBodyBytes: plan.maxBodyBytes,
    definition: toDefinition(plan, form),
    handle: (request) => handle(plan, request),
    refuse(code, detail, { requestId, traceparent }, headers = {}) {
      const startedAt = performance.now()
      return observeCreation(observe, { operation }, (ended) => {
        const rejection = rejected(code, detail, { headers })
        const answer = toProblem(rejection, { problemTypes: plan.problemTypes, requestId })
        const seen = { principal: undefined, key: undefined, attempts: 0, startedAt, ended }
        report(plan, { requestId, traceparent }, rejection, answer, seen)
        return answer
      })
    },
  }
}
