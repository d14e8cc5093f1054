import { checkRecordSettings } from './check-record-settings.ts'
import type { ServerSet } from './server-set.ts'
import type { CreationSettings } from './settings.ts'

// The longest that a timer of Node can wait, about 24 days.
export const LONGEST_MS: number = 2_147_483_647

/** Checks what the compiler cannot, or was not asked to: throws a TypeError that says what was seen and what to write. */
export function checkSettings<Input, Row, Tx, Native>(settings: CreationSettings<Input, Row, Tx, Native>): void {
  const { operation } = settings
  if (typeof operation !== 'string' || !/^[\w.:/ {}-]{1,128}$/.test(operation)) {
    throw new TypeError(`operation must be a short name such as 'createOrder'; got ${shown(operation)}.`)
  }
  const demand = (isRight: boolean, what: string, seen: unknown): void => {
    if (!isRight) throw new TypeError(`${operation}: ${what}; got ${shown(seen)}.`)
  }
  const { store, principal, input, create, location, represent, etag } = settings
  demand(typeof store?.once === 'function', 'store must be a store, e.g. await sqliteStore({ file })', store)
  checkCrash(store.guarantee, settings.onCrash, demand)
  demand(
    principal === 'anybody' || typeof principal === 'function',
    "principal must be a function that names the authenticated caller, or the word 'anybody' for a creation without authentication",
    principal,
  )
  demand(
    typeof input?.['~standard']?.validate === 'function',
    'input must be a Standard Schema, e.g. of zod, valibot or arktype, or jsonSchema(…) of @createonce/server/json-schema',
    input,
  )
  checkServerSet(settings.serverSet, demand)
  checkWork(create, settings.insert, store, demand)
  demand(
    typeof location === 'string' || typeof location === 'function',
    "location must be a template such as '/orders/{id}', or a function",
    location,
  )
  demand(
    represent === undefined || typeof represent === 'function',
    'represent must be a function of the row',
    represent,
  )
  demand(etag === undefined || typeof etag === 'function', 'etag must be a function of the row', etag)
  checkDuplicates(settings.duplicates, demand)
  checkIdempotency(settings.idempotency, demand)
  const { invalidStatus = 400, maxBodyBytes = 1, problemTypes = '', replayCacheBytes = 0 } = settings
  demand(invalidStatus === 400 || invalidStatus === 422, 'invalidStatus must be 400 or 422', invalidStatus)
  demand(isWhole(maxBodyBytes) && maxBodyBytes > 0, 'maxBodyBytes must be a positive number of bytes', maxBodyBytes)
  demand(
    isWhole(replayCacheBytes) && replayCacheBytes >= 0,
    'replayCacheBytes must be a number of bytes',
    replayCacheBytes,
  )
  demand(typeof problemTypes === 'string', "problemTypes must be text such as '/problems/'", problemTypes)
}

/** Checks that what a crash means is said over a leased store, and nowhere else. */
export function checkCrash(guarantee: 'transactional' | 'leased' | undefined, onCrash: unknown, demand: Demand): void {
  if (guarantee === 'leased') {
    demand(
      onCrash === 'block' || onCrash === 'rerun',
      "onCrash must be 'block' (a key whose process died is never run again, until an operator releases it) or 'rerun' (a retry runs it again; hand attemptKey to the services that create calls), since this store cannot undo what create did elsewhere",
      onCrash,
    )
  } else {
    demand(
      onCrash === undefined,
      'onCrash must be left out: this store keeps rows and record in one transaction, so that a crash leaves nothing behind',
      onCrash,
    )
  }
}

function checkWork(create: unknown, insert: unknown, store: { readonly insert?: unknown }, demand: Demand): void {
  if (insert === undefined) {
    demand(typeof create === 'function', 'create must be a function that returns created(row)', create)
    return
  }
  demand(create === undefined, 'there must be either create or insert, not both', insert)
  const { table, values } = (insert ?? {}) as { table?: unknown; values?: unknown }
  demand(typeof table === 'string' && table !== '', "insert.table must be the name of a table, e.g. 'orders'", table)
  demand(
    typeof values === 'function',
    'insert.values must be a function that returns the columns and their values',
    values,
  )
  demand(typeof store.insert === 'function', 'this store has no declared inserts; write create() instead', insert)
}

function checkServerSet(serverSet: readonly string[] | ServerSet | undefined, demand: Demand): void {
  if (serverSet === undefined) return
  const { members, policy = 'refuse' } = Array.isArray(serverSet) ? { members: serverSet } : (serverSet as ServerSet)
  const areNames = Array.isArray(members) && members.every((name) => typeof name === 'string' && !/[/~]/.test(name))
  demand(areNames, "serverSet must name members of the body, e.g. ['id', 'createdAt'], and no pointers", serverSet)
  demand(policy === 'refuse' || policy === 'strip', "serverSet.policy must be 'refuse' or 'strip'", policy)
}

type Demand = (isRight: boolean, what: string, seen: unknown) => void

function checkDuplicates(
  duplicates: CreationSettings<never, never, never, never>['duplicates'] | unknown,
  demand: Demand,
): void {
  if (duplicates === 'allow') return
  const rule = (duplicates ?? {}) as { policy?: unknown; naturalKey?: unknown; find?: unknown }
  demand(
    rule.policy === 'reject' || rule.policy === 'return-existing',
    "duplicates must be 'allow', or { policy: 'reject' | 'return-existing', naturalKey: [...] }",
    duplicates,
  )
  const { naturalKey, find } = rule
  demand(
    Array.isArray(naturalKey) && naturalKey.length > 0 && naturalKey.every((name) => typeof name === 'string'),
    "duplicates.naturalKey must name the members that make two resources the same one, e.g. ['email']",
    naturalKey,
  )
  demand(
    typeof find === 'function' || (find === undefined && rule.policy === 'reject'),
    'duplicates.find must be a function that finds the existing resource',
    find,
  )
}

function checkIdempotency(
  idempotency: CreationSettings<never, never, never, never>['idempotency'],
  demand: Demand,
): void {
  const keys = typeof idempotency === 'string' ? { key: idempotency } : idempotency
  demand(
    ['off', 'optional', 'required'].includes(keys?.key),
    "idempotency must be 'off', 'optional' or 'required'",
    idempotency,
  )
  const { reusedStatus = 422, waitMs = 0 } = keys
  demand(reusedStatus === 422 || reusedStatus === 400, 'idempotency.reusedStatus must be 422 or 400', reusedStatus)
  demand(
    typeof waitMs === 'number' && waitMs >= 0 && waitMs <= LONGEST_MS,
    `idempotency.waitMs must be 0 to ${LONGEST_MS} milliseconds`,
    waitMs,
  )
  checkRecordSettings(keys, demand)
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

/** What was seen, for the one who wrote it. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (value instanceof Promise) return 'a promise, which nobody has awaited'
  try {
    return JSON.stringify(value) ?? 'undefined'
  } catch {
    return `a ${typeof value}`
  }
}
