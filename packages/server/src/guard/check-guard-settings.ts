import { checkRecordSettings } from '../creation/settings/check-record-settings.ts'
import { checkCrash, LONGEST_MS, shown } from '../creation/settings/check-settings.ts'
import type { CrashPolicy } from '../idempotency/store.ts'
import type { GuardSettings } from './settings.ts'

/** Checks what the compiler cannot, or was not asked to: throws a TypeError that says what was seen and what to write. */
export function checkGuardSettings<Tx, Native, Crash extends CrashPolicy>(
  settings: GuardSettings<Tx, Native, Crash>,
): void {
  const { operation, store, principal, idempotency } = settings
  if (typeof operation !== 'string' || !/^[\w.:/ {}-]{1,128}$/.test(operation)) {
    throw new TypeError(`operation must be a short name such as 'createPayment'; got ${shown(operation)}.`)
  }
  const demand = (isRight: boolean, what: string, seen: unknown): void => {
    if (!isRight) throw new TypeError(`${operation}: ${what}; got ${shown(seen)}.`)
  }
  demand(typeof store?.once === 'function', 'store must be a store, e.g. await sqliteStore({ file })', store)
  checkCrash(store.guarantee, settings.onCrash, demand)
  demand(
    principal === 'anybody' || typeof principal === 'function',
    "principal must be a function that names the authenticated caller, or the word 'anybody' for a route without authentication",
    principal,
  )
  const keys = typeof idempotency === 'string' ? { key: idempotency } : idempotency
  demand(
    keys?.key === 'optional' || keys?.key === 'required',
    "idempotency must be 'optional' or 'required'; a route without keys needs no guard",
    idempotency,
  )
  const { reusedStatus = 422, waitMs = 0 } = keys
  demand(reusedStatus === 422 || reusedStatus === 400, 'idempotency.reusedStatus must be 422 or 400', reusedStatus)
  checkRecordSettings(keys, demand)
  demand(
    settings.meaning === undefined || typeof settings.meaning === 'function',
    "meaning must be a function of the status that returns 'done', 'nothing' or 'unknown'",
    settings.meaning,
  )
  const { maxBodyBytes = 1, answerMs = 1, holdMs = 0, problemTypes = '', replayCacheBytes = 0 } = settings
  demand(isWhole(maxBodyBytes, 1), 'maxBodyBytes must be a positive number of bytes', maxBodyBytes)
  demand(isWhole(replayCacheBytes, 0), 'replayCacheBytes must be a number of bytes', replayCacheBytes)
  demand(typeof problemTypes === 'string', "problemTypes must be text such as '/problems/'", problemTypes)
  for (const [name, ms] of Object.entries({ 'idempotency.waitMs': waitMs, answerMs, holdMs })) {
    const isTime = typeof ms === 'number' && ms >= 0 && ms <= LONGEST_MS
    demand(isTime, `${name} must be 0 to ${LONGEST_MS} milliseconds`, ms)
  }
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least
}
