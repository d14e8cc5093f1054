/** Whether a client may send the same request again, and with which key. */
export type RetryRule =
  /** Send it again, unchanged, with the same key: nothing was created, or the retry finds what was. */
  | 'same-key'
  /** Change the request; the key was not used up. */
  | 'after-fix'
  /** The key belongs to another request: send this one with a new key. */
  | 'new-key'
  /** Repeating it changes nothing. */
  | 'never'

/** A stable code of the problem catalogue. */
export type ProblemCode =
  | 'malformed-body'
  | 'invalid-input'
  | 'parent-not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'content-too-large'
  | 'unsupported-media-type'
  | 'idempotency-key-missing'
  | 'idempotency-key-invalid'
  | 'idempotency-key-in-flight'
  | 'idempotency-key-blocked'
  | 'idempotency-key-reused'
  | 'duplicate-resource'
  | 'internal-error'
  | 'overloaded'
  | 'store-unavailable'
  | 'record-unreadable'

/** One row of the problem catalogue: the single source of wire, docs, logs and runbook. */
export interface ProblemEntry {
  readonly title: string
  /** The default HTTP status; where guidelines disagree, a setting may choose another one. */
  readonly status: number
  readonly retry: RetryRule
  /** The log event that carries this code. */
  readonly event:
    | 'creation.rejected'
    | 'creation.in_flight'
    | 'creation.mismatch'
    | 'creation.blocked'
    | 'creation.failed'
  /** What it means, for the person who reads the answer or the log line. */
  readonly meaning: string
  /** What to do first. */
  readonly firstResponse: string
  /** What to undo if a deployment brought it. */
  readonly rollBack: string
}

const NO_ROLL_BACK = 'Nothing to roll back: the request was refused before anything was written.'

/**
 * Every problem that a creation can answer, by code. The code ends the problem's `type` (RFC 9457 §3.1.1), stands in
 * the log line, and is stable by semantic versioning.
 */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = {
  'malformed-body': {
    title: 'The body is not well-formed JSON',
    status: 400,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning:
      'The body cannot be read as one JSON value: a syntax error, a repeated member name, or bytes that are not UTF-8.',
    firstResponse: 'Look at `detail`, which names the place; mend the client that wrote the body.',
    rollBack: NO_ROLL_BACK,
  },
  'invalid-input': {
    title: 'The input is not valid',
    status: 400,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning: 'The body is JSON, but not what this creation takes. `errors` lists every fault with a JSON Pointer.',
    firstResponse: 'Mend each member that `errors` names and send the request again.',
    rollBack:
      'If it began with a deployment, the schema was tightened: allow the old form again until its clients are gone.',
  },
  'parent-not-found': {
    title: 'The parent resource does not exist',
    status: 404,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning: 'The path names a parent that does not exist, or that this caller may not see.',
    firstResponse: 'Create the parent first, or correct the id in the path.',
    rollBack: NO_ROLL_BACK,
  },
  'method-not-allowed': {
    title: 'The method is not allowed here',
    status: 405,
    retry: 'never',
    event: 'creation.rejected',
    meaning: 'The resource exists, but not with this method. `Allow` lists the methods that it has.',
    firstResponse: 'Use a method that `Allow` lists.',
    rollBack: NO_ROLL_BACK,
  },
  'not-acceptable': {
    title: 'No acceptable representation',
    status: 406,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning: '`Accept` excludes every media type that this creation can answer. Nothing was created.',
    firstResponse: 'Accept `application/json`.',
    rollBack: NO_ROLL_BACK,
  },
  'content-too-large': {
    title: 'The body is too large',
    status: 413,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning: 'The body is larger than this creation takes.',
    firstResponse: 'Send less; `detail` names the limit.',
    rollBack: NO_ROLL_BACK,
  },
  'unsupported-media-type': {
    title: 'The media type is not supported',
    status: 415,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning: 'The content is labelled with a type or coding that this creation does not read; it was not parsed.',
    firstResponse: 'Send `Content-Type: application/json`, in UTF-8, without `Content-Encoding`.',
    rollBack: NO_ROLL_BACK,
  },
  'idempotency-key-missing': {
    title: 'An Idempotency-Key is required',
    status: 400,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning: 'This creation is only done under an `Idempotency-Key`, so that a retry can never create twice.',
    firstResponse: 'Send a fresh random key (a UUID) with each new request, and the same one with its retries.',
    rollBack:
      'If it began with a deployment, the policy became `required`: make it `optional` until all clients send keys.',
  },
  'idempotency-key-invalid': {
    title: 'The Idempotency-Key is not valid',
    status: 400,
    retry: 'after-fix',
    event: 'creation.rejected',
    meaning:
      'The key is empty, repeated, too long, malformed, or sent to a creation that takes none. It was not ignored, because a client that sends a key relies on it.',
    firstResponse: 'Send one key of 1 to 255 visible ASCII characters, bare or as a quoted string.',
    rollBack: NO_ROLL_BACK,
  },
  'idempotency-key-in-flight': {
    title: 'A request with this Idempotency-Key is being processed',
    status: 409,
    retry: 'same-key',
    event: 'creation.in_flight',
    meaning: 'The first request with this key has not finished. This one did nothing.',
    firstResponse: 'Wait as long as `Retry-After` says and send the same request with the same key.',
    rollBack: 'Nothing to roll back. If it lasts, look for requests that hold the database for long.',
  },
  'idempotency-key-blocked': {
    title: 'This Idempotency-Key is blocked by a crash',
    status: 409,
    retry: 'never',
    event: 'creation.blocked',
    meaning:
      'The process that executed this key died, and whether its effect happened is unknown. The creation asks not to run it again.',
    firstResponse: 'Find out whether the effect happened, then let the key go with `release()` of the store.',
    rollBack: 'Nothing to roll back; an operator decides.',
  },
  'idempotency-key-reused': {
    title: 'This Idempotency-Key was used for another request',
    status: 422,
    retry: 'new-key',
    event: 'creation.mismatch',
    meaning:
      'The key is remembered with another method, path, query or body. Nothing was done, and the first answer is kept.',
    firstResponse:
      'Send the new request with a new key. If the client meant a retry, find out what changed in its body.',
    rollBack:
      'If it began with a deployment of the client, that version changes the body between retries: roll it back.',
  },
  'duplicate-resource': {
    title: 'The resource exists already',
    status: 409,
    retry: 'never',
    event: 'creation.rejected',
    meaning:
      'Another resource has the same natural key; `fields` names its members, `existing` its address where the caller may see it.',
    firstResponse: 'Use the existing resource, or choose other values for `fields`.',
    rollBack: NO_ROLL_BACK,
  },
  'internal-error': {
    title: 'The request failed',
    status: 500,
    retry: 'same-key',
    event: 'creation.failed',
    meaning: 'The code behind this creation failed. Everything was rolled back and the key is still free.',
    firstResponse: 'Find the log line by `requestId`; its error names the place. A retry with the same key is safe.',
    rollBack: 'If it began with a deployment, roll that back.',
  },
  overloaded: {
    title: 'Too many requests are waiting',
    status: 503,
    retry: 'same-key',
    event: 'creation.failed',
    meaning: 'The queue before the database is full, or the database was busy for too long. Nothing was created.',
    firstResponse: 'Wait as long as `Retry-After` says and send the same request with the same key.',
    rollBack: 'Nothing to roll back. If it lasts, find what holds the database, or add capacity.',
  },
  'store-unavailable': {
    title: 'The store cannot be reached',
    status: 503,
    retry: 'same-key',
    event: 'creation.failed',
    meaning: 'The database that remembers keys does not answer. Creation is refused rather than done unprotected.',
    firstResponse: 'Bring the database back; the log line holds its error. Clients retry with the same key.',
    rollBack: 'If it began with a deployment, its database settings are the first suspect.',
  },
  'record-unreadable': {
    title: 'The recorded answer cannot be read',
    status: 503,
    retry: 'same-key',
    event: 'creation.failed',
    meaning:
      'The request was completed before, and its answer is sealed with a key that this process has not, or was changed in the store. Nothing is executed again.',
    firstResponse:
      'The log line names the key: give it back to `idempotency.seal`. Where it is there, the record was changed in the store: find out by whom.',
    rollBack:
      'If it began with a deployment, that one lost a key, or sealed with it before every process had it: roll it back.',
  },
}
