import type { ProblemGuidance } from './problem-entry.ts'

/** What is wrong on our side. */
export const serviceProblems: Readonly<
  Record<'internal-error' | 'overloaded' | 'store-unavailable' | 'record-unreadable', ProblemGuidance>
> = {
  'internal-error': {
    meaning: 'The code behind this creation failed. Everything was rolled back and the key is still free.',
    transient: {
      passes: false,
      lasts: 'Unknown: a fault of the code lasts until it is mended, one of something that it calls may pass.',
    },
    client:
      'Retries with the same key, after a pause that grows. Without a key a retry may create twice only if the first answer was lost; this answer itself says that nothing was kept.',
    firstResponse: 'Find the log line by `requestId`; its error names the place. A retry with the same key is safe.',
    rollBack: 'If it began with a deployment, roll that back.',
    escalation:
      'Whoever owns the service, at once when it is more than single requests, with the `requestId` and the error of the log line.',
  },
  overloaded: {
    meaning: 'The queue before the database is full, or the database was busy for too long. Nothing was created.',
    transient: {
      passes: true,
      lasts: 'Until the queue is shorter: seconds after a burst, as long as the load where it is the capacity.',
    },
    client: 'Waits as long as `Retry-After` says and retries with the same key.',
    firstResponse: 'Wait as long as `Retry-After` says and send the same request with the same key.',
    rollBack: 'Nothing to roll back. If it lasts, find what holds the database, or add capacity.',
    escalation: 'For longer than five minutes: whoever owns the service and its database.',
  },
  'store-unavailable': {
    meaning: 'The database that remembers keys does not answer. Creation is refused rather than done unprotected.',
    transient: {
      passes: true,
      lasts:
        'As long as the database is away: seconds for a restart or a failover. It does not pass where an address, a password or a right is wrong.',
    },
    client:
      'Waits as long as `Retry-After` says and retries with the same key. Of a commit whose outcome is unknown the retry finds the truth: the record, or nothing.',
    firstResponse: 'Bring the database back; the log line holds its error. Clients retry with the same key.',
    rollBack: 'If it began with a deployment, its database settings are the first suspect.',
    escalation:
      'For longer than two minutes, or where the log line names an address, a password or a right: whoever owns the database.',
  },
  'record-unreadable': {
    meaning:
      'The request was completed before, and its answer is sealed with a key that this process has not, or was changed in the store. Nothing is executed again.',
    transient: { passes: false, lasts: 'Until the key is there again, or the retention of the record ends.' },
    client:
      'Waits as long as `Retry-After` says and retries with the same key; never with a new one, which would create a second resource.',
    firstResponse:
      'The log line names the key: give it back to `idempotency.seal`. Where it is there, the record was changed in the store: find out by whom.',
    rollBack:
      'If it began with a deployment, that one lost a key, or sealed with it before every process had it: roll it back.',
    escalation:
      'Whoever owns the keys of `idempotency.seal`. Where the key is there, treat the record as tampered with: whoever is responsible for security.',
  },
}
