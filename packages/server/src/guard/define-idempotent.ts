import { report } from '../creation/report.ts'
import { toProblem } from '../creation/to-problem.ts'
import type { CrashPolicy } from '../idempotency/store.ts'
import { observeCreation } from '../observe/observe-creation.ts'
import type { Guarantee, GuaranteeOf, Guard, GuardContext } from './guard.ts'
import { toGuardPlan } from './guard-plan.ts'
import { handleGuarded, tooLarge } from './handle-guarded.ts'
import type { GuardSettings } from './settings.ts'

/**
 * Defines a guard: `Idempotency-Key` around a handler that exists and stays as it is. Its answer is captured, recorded
 * under the key, and given again to a retry. The wrapper of the framework puts the guard in front of the handler.
 *
 * What is promised is less than a creation promises, and stands in `guarantee` and in the type: see {@link Guarantee}.
 * Throws a TypeError at once where a setting is missing or wrong.
 *
 * @example
 * const payments = defineIdempotent({
 *   operation: 'createPayment',
 *   store: redisStore({ ioredis }),
 *   onCrash: 'block',
 *   principal: (request) => request.native.user.id,
 *   idempotency: 'required',
 * })
 * app.post('/payments', idempotent(payments), existingHandler)
 */
export function defineIdempotent<Tx, Native = unknown, Crash extends CrashPolicy = never>(
  settings: GuardSettings<Tx, Native, Crash>,
): Guard<Native, Tx, GuaranteeOf<Crash>> {
  const plan = toGuardPlan(settings)
  const contexts = new WeakMap<object, GuardContext<Tx>>()
  const { maxBodyBytes, maxHeldBytes, holdMs, time } = plan
  return {
    operation: settings.operation,
    guarantee: guaranteeOf(settings.onCrash) as GuaranteeOf<Crash>,
    maxBodyBytes,
    maxHeldBytes,
    holdMs,
    time,
    contextOf: (request) => contexts.get(request),
    handle: (request, run) => handleGuarded(plan, { request, run, contexts }),
    refuseSize({ requestId, headers }) {
      const { operation, observe = {} } = plan.settings
      const startedAt = performance.now()
      return observeCreation(observe, { operation }, (ended) => {
        const rejection = tooLarge(plan)
        const answer = toProblem(rejection, { ...plan, requestId })
        const seen = { principal: undefined, key: undefined, attempts: 0, startedAt, ended }
        report(plan, { requestId, traceparent: headers['traceparent'] }, rejection, answer, seen)
        return answer
      })
    },
  }
}

function guaranteeOf(onCrash: CrashPolicy | undefined): Guarantee {
  if (onCrash === undefined) return 'exactly-once-through-tx'
  return onCrash === 'block' ? 'at-most-once' : 'at-least-once'
}
