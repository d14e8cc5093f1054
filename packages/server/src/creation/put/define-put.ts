import type { Creation } from '../creation.ts'
import { toPlan } from '../plan.ts'
import { checkNames } from '../settings/check-names.ts'
import { toCreation } from '../to-creation.ts'
import { performPut } from './perform-put.ts'
import type { PutSettings } from './put-settings.ts'

/**
 * Defines a creation under a name that the client chooses: a PUT that creates where nothing is (201), and answers 412
 * where `If-None-Match: *` excludes what is there (RFC 9110 §9.3.4, §13.1.2). For adapters it is a creation like any other.
 *
 * Throws a TypeError at once where a setting is missing or wrong.
 *
 * @example
 * const putOrder = definePut({
 *   operation: 'putOrder',
 *   name: 'id',
 *   store,
 *   principal: (request) => request.native.user.id,
 *   input: z.strictObject({ id: z.uuid(), item: z.string() }),
 *   create(order, { tx }) {
 *     tx.prepare('insert into orders (id, item) values (?, ?)').run(order.id, order.item)
 *     return created(order)
 *   },
 *   find: (id, { tx }) => tx.prepare('select id, item from orders where id = ?').get(id),
 *   duplicates: 'allow',
 *   idempotency: 'optional',
 *   location: '/orders/{id}',
 *   etag: etagOf,
 * })
 */
export function definePut<Input, Row, Tx, Native = unknown>(
  settings: PutSettings<Input, Row, Tx, Native>,
): Creation<Native> {
  checkNames(settings, ['name', 'find', 'replace', 'condition'])
  const plan = toPlan<Input, Row, Tx, Native>(settings, performPut(settings))
  const { operation, name, find, replace, duplicates } = settings
  const { condition = replace === undefined ? 'required' : 'optional' } = settings
  const demand = (isRight: boolean, what: string): void => {
    if (!isRight) throw new TypeError(`${operation}: ${what}.`)
  }
  const isTransactional = (settings.store as { readonly guarantee?: unknown }).guarantee !== 'leased'
  demand(isTransactional, 'a creation by PUT needs a store that keeps rows and record in one transaction')
  demand(
    typeof name === 'string' && name !== '',
    "name must be the path's parameter that names the resource, e.g. 'id'",
  )
  demand(typeof find === 'function', 'find must be a function that finds the resource of a name')
  demand(replace === undefined || typeof replace === 'function', 'replace must be a function of the row')
  demand(condition === 'required' || condition === 'optional', "condition must be 'required' or 'optional'")
  demand(
    duplicates === 'allow' || duplicates.policy === 'reject',
    "duplicates must be 'allow' or a rule with the policy 'reject': a PUT cannot answer with another resource",
  )
  return toCreation(plan, { kind: 'put', name, condition, replaces: replace !== undefined })
}
