import { type DefinedCreation, SETTINGS, type StoreGuarantee } from './defined-creation.ts'
import { perform } from './perform.ts'
import { toPlan } from './plan.ts'
import { checkNames } from './settings/check-names.ts'
import type { ServerSetBeside } from './settings/server-set.ts'
import type { CreationSettings } from './settings/settings.ts'
import { toCreation } from './to-creation.ts'

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
