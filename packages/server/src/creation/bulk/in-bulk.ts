import type { Creation } from '../creation.ts'
import { type DefinedCreation, SETTINGS } from '../defined-creation.ts'
import { toPlan } from '../plan.ts'
import type { OpenApiSettings } from '../settings/openapi-settings.ts'
import type { CreationSettings } from '../settings/settings.ts'
import { toCreation } from '../to-creation.ts'
import { performBulk } from './perform-bulk.ts'

/** What is different where several are created at once. */
export interface BulkSettings {
  /** The operation's stable name, e.g. `createOrders`; another one than that of the single creation. */
  readonly operation: string
  /** The most items of one request: it bounds how long the transaction lasts and how much memory the answer takes. */
  readonly maxItems: number
  /**
   * The largest body, in bytes.
   * @default that of the single creation
   */
  readonly maxBodyBytes?: number
  /**
   * What its OpenAPI operation says, besides what the single creation says of itself.
   * @default the schemas, tags, security and other parts that are not about one resource alone
   */
  readonly openapi?: OpenApiSettings
}

/**
 * Makes the bulk form of a creation: a POST of a JSON array of inputs that creates all of them in one transaction, or
 * nothing. Everything else is as the creation has it: schema, `create` or `insert` (once for each item, in order),
 * duplicate policy, representation, and keys, of which one covers the whole batch.
 *
 * Only over a store that keeps rows and record in one transaction; a leased one can undo nothing, and is refused by the
 * compiler and by a TypeError.
 *
 * @example
 * const createOrders = inBulk(createOrder, { operation: 'createOrders', maxItems: 100 })
 * app.post('/orders/batch', toFastify(createOrders))
 */
export function inBulk<Native>(
  creation: DefinedCreation<Native, 'transactional'>,
  { operation, maxItems, maxBodyBytes, openapi }: BulkSettings,
): Creation<Native> {
  const single = creation[SETTINGS] as CreationSettings<unknown, unknown, unknown, Native> | undefined
  if (single === undefined) throw new TypeError('inBulk needs a creation from defineCreation.')
  const demand = (isRight: boolean, what: string): void => {
    if (!isRight) throw new TypeError(`${operation}: ${what}.`)
  }
  demand(
    single.store.guarantee !== 'leased',
    'several can be created at once only over a store that keeps rows and record in one transaction',
  )
  demand(operation !== single.operation, 'operation must be another name than that of the single creation')
  demand(Number.isSafeInteger(maxItems) && maxItems > 0, 'maxItems must be a positive number of items')
  // What is said of one resource is not true of a batch.
  const { summary: _, description: __, examples: ___, links: ____, ...shared } = single.openapi ?? {}
  const settings = {
    ...single,
    operation,
    openapi: { ...shared, ...openapi },
    ...(maxBodyBytes !== undefined && { maxBodyBytes }),
  }
  return toCreation(toPlan(settings as typeof single, performBulk(maxItems)), { kind: 'bulk', maxItems })
}
