import { type Rejection, rejected } from './rejection.ts'
import { retryAfter } from './retry-after.ts'

/** 503: nothing was done, and waiting helps. */
export function overloaded(retryAfterMs: number): Rejection {
  return rejected('overloaded', 'The database is busy. Nothing was created.', { headers: retryAfter(retryAfterMs) })
}
