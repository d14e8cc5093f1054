import { NO_ROLL_BACK } from './no-roll-back.ts'
import type { ProblemGuidance } from './problem-entry.ts'

/** What may be wrong with an Idempotency-Key, or with what is remembered of it. */
export const keyProblems: Readonly<
  Record<
    | 'idempotency-key-missing'
    | 'idempotency-key-invalid'
    | 'idempotency-key-in-flight'
    | 'idempotency-key-blocked'
    | 'idempotency-key-reused',
    ProblemGuidance
  >
> = {
  'idempotency-key-missing': {
    meaning: 'This creation is only done under an `Idempotency-Key`, so that a retry can never create twice.',
    transient: { passes: false, lasts: 'Until the client sends a key.' },
    client:
      'Makes a random key, such as a UUID, before the first attempt, keeps it with the request, and sends it with every retry.',
    firstResponse: 'Send a fresh random key (a UUID) with each new request, and the same one with its retries.',
    rollBack:
      'If it began with a deployment, the policy became `required`: make it `optional` until all clients send keys.',
    escalation:
      'The owner of the client; of all clients at once: whoever deployed the policy, or owns the proxy in front, which may drop the header.',
  },
  'idempotency-key-invalid': {
    meaning:
      'The key is empty, repeated, too long, malformed, or sent to a creation that takes none. It was not ignored, because a client that sends a key relies on it.',
    transient: { passes: false, lasts: 'Until the client sends a valid key, or none.' },
    client:
      'Mends the key, or leaves it out where the creation takes none. `detail` says what is wrong and never repeats the key.',
    firstResponse: 'Send one key of 1 to 255 visible ASCII characters, bare or as a quoted string.',
    rollBack: NO_ROLL_BACK,
    escalation: 'The owner of the client.',
  },
  'idempotency-key-in-flight': {
    meaning: 'The first request with this key has not finished. This one did nothing.',
    transient: {
      passes: true,
      lasts:
        'As long as the first request runs: usually less than a second. After a crash on a leased store, until the lease ends (`leaseMs`, 10 seconds by default).',
    },
    client:
      'Waits as long as `Retry-After` says and repeats the request, unchanged, with the same key. It then gets the recorded answer, or creates if the first one failed.',
    firstResponse: 'Wait as long as `Retry-After` says and send the same request with the same key.',
    rollBack: 'Nothing to roll back. If it lasts, look for requests that hold the database for long.',
    escalation: "One key for longer than a minute: whoever owns the database, with the line's `key` and `operation`.",
  },
  'idempotency-key-blocked': {
    meaning:
      'The process that executed this key died, and whether its effect happened is unknown. The creation asks not to run it again.',
    transient: { passes: false, lasts: 'Until an operator lets the key go, or the retention of the key ends.' },
    client: 'Does not retry, with this key or another: the effect may have happened. An operator decides.',
    firstResponse:
      'Find out whether the effect happened; the system that it reaches knows it by the `attemptKey`. Then let the key go with `createonce keys release`, or with `release()` of the store.',
    rollBack: 'Nothing to roll back; an operator decides.',
    escalation:
      'When it cannot be found out whether the effect happened: whoever owns the system that the effect reaches. When several keys are blocked at once: whoever owns the service, since processes die.',
  },
  'idempotency-key-reused': {
    meaning:
      'The key is remembered with another method, path, query or body. Nothing was done, and the first answer is kept.',
    transient: {
      passes: false,
      lasts: 'As long as the key is remembered, which is its retention; with a new key at once.',
    },
    client: 'Sends the new request with a new key. The status is 400 where the setting `reusedStatus` says so.',
    firstResponse:
      'Send the new request with a new key. If the client meant a retry, find out what changed in its body.',
    rollBack:
      'If it began with a deployment of the client, that version changes the body between retries: roll it back.',
    escalation: 'Many of one client: its owner, since its retries are not what it sent first.',
  },
}
