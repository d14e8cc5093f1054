import type { Cause } from './cause.ts'

/** Every cause, those that are met most first. The pages, the reports and the pages of the checks read this table. */
export const causes: readonly Cause[] = [
  {
    id: 'default-answer',
    title: "The handler leaves the framework's default answer in place",
    checks: ['created-status-201', 'location-present', 'body-describes-created'],
  },
  {
    id: 'unique-violation-uncaught',
    title: 'The violation of a unique index is not caught',
    checks: ['duplicate-policy-enforced', 'unique-race-single-winner'],
  },
  {
    id: 'key-ignored',
    title: 'The Idempotency-Key is accepted and ignored',
    checks: ['idem-replay-same-result', 'idem-concurrent-409', 'idem-client-abort', 'idem-payload-mismatch'],
  },
]
