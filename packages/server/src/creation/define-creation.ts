import type { Answer } from './answer.ts'
import type { CreationRequest } from './creation-request.ts'
import { type DefinedCreation, SETTINGS, type StoreGuarantee } from './defined-creation.ts'
import type { CreationDefinition } from './definition.ts'
import { perform } from './perform.ts'
import { toPlan } from './plan.ts'
import type { ProblemCode } from './problems/problem-entry.ts'
import { checkNames } from './settings/check-names.ts'
import type { ServerSetBeside } from './settings/server-set.ts'
import type { CreationSettings } from './settings/settings.ts'
import { toCreation } from './to-creation.ts'

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
  /** What it promises, as far as others may know: documents are made of it. */
  readonly definition: CreationDefinition
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
export function defineCreation<
  Input,
  Row,
  Tx,
  Native = unknown,
  Guarantee extends StoreGuarantee = StoreGuarantee,
  Sent = unknown,
  const Name extends string = string,
>(
  settings: CreationSettings<Input, Row, Tx, Native> &
    ServerSetBeside<Input, Sent, Name> & { readonly store: { readonly guarantee?: Guarantee | undefined } },
): DefinedCreation<Native, Guarantee> {
  const plan = toPlan(settings, perform)
  checkNames(settings)
  return Object.assign(toCreation(plan, { kind: 'one' }), {
    guarantee: (settings.store.guarantee ?? 'transactional') as Guarantee,
    [SETTINGS]: settings,
  })
}
