import { observeCreation } from '../observe/observe-creation.ts'
import type { Answer } from './answer.ts'
import type { CreationRequest } from './creation-request.ts'
import { handle } from './handle.ts'
import { toPlan } from './plan.ts'
import type { ProblemCode } from './problems/problem-entry.ts'
import { rejected } from './rejection.ts'
import { report } from './report.ts'
import type { CreationSettings } from './settings/settings.ts'
import { toProblem } from './to-problem.ts'

/** A request that a framework refuses, as far as it is told of in logs. */
export interface Refused {
  readonly requestId: string
  /** The request's header of this name, for the trace that the log line names. */
  readonly traceparent?: string | readonly string[] | undefined
}

/** A creation as adapters see it. */
export interface Creation<Native = unknown> {
  readonly operation: string
  readonly maxBodyBytes: number
  /**
   * Answers one request; at once where nothing has to be waited for. Never throws or rejects: what fails inside is
   * answered as a problem and logged.
   */
  handle(request: CreationRequest<Native>): Answer | Promise<Answer>
  /** A problem for what a framework refuses before the creation is asked: size, media type, method. */
  refuse(code: ProblemCode, detail: string, refused: Refused, headers?: Readonly<Record<string, string>>): Answer
}

/**
 * Defines a creation: one operation that brings a resource into being, with its answers in every case.
 *
 * Throws a TypeError at once where a setting is missing or wrong, so that no request meets it.
 *
 * @example
 * const createOrder = defineCreation({
 *   operation: 'createOrder',
 *   store,
 *   principal: (request) => request.native.user.id,
 *   input: z.strictObject({ item: z.string(), quantity: z.int().positive() }),
 *   create(input, { tx }) {
 *     const order = { id: randomUUID(), ...input }
 *     tx.prepare('insert into orders (id, item, quantity) values (?, ?, ?)').run(order.id, order.item, order.quantity)
 *     return created(order)
 *   },
 *   duplicates: 'allow',
 *   idempotency: 'required',
 *   location: '/orders/{id}',
 * })
 */
export function defineCreation<Input, Row, Tx, Native = unknown>(
  settings: CreationSettings<Input, Row, Tx, Native>,
): Creation<Native> {
  const plan = toPlan(settings)
  return {
    operation: settings.operation,
    maxBodyBytes: plan.maxBodyBytes,
    handle: (request) => handle(plan, request),
    refuse(code, detail, { requestId, traceparent }, headers = {}) {
      const { operation, observe = {} } = settings
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
