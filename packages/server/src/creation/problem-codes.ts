import type { ProblemCode, ProblemOnWire } from './problems/problem-entry.ts'

/**
 * What answers and logs need of every problem. What people are told of it stands in `problems/`, so that a service that
 * serves no pages of problems does not carry their text; `problemCatalogue` has both.
 */
export const problemCodes: Readonly<Record<ProblemCode, ProblemOnWire>> = {
  'malformed-body': {
    status: 400,
    title: 'The body is not well-formed JSON',
    retry: 'after-fix',
    event: 'creation.rejected',
  },
  'invalid-input': { status: 400, title: 'The input is not valid', retry: 'after-fix', event: 'creation.rejected' },
  'parent-not-found': {
    status: 404,
    title: 'The parent resource does not exist',
    retry: 'after-fix',
    event: 'creation.rejected',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    retry: 'never',
    event: 'creation.rejected',
  },
  'not-acceptable': {
    status: 406,
    title: 'No acceptable representation',
    retry: 'after-fix',
    event: 'creation.rejected',
  },
  'content-too-large': { status: 413, title: 'The body is too large', retry: 'after-fix', event: 'creation.rejected' },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not supported',
    retry: 'after-fix',
    event: 'creation.rejected',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'An Idempotency-Key is required',
    retry: 'after-fix',
    event: 'creation.rejected',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    retry: 'after-fix',
    event: 'creation.rejected',
  },
  'idempotency-key-in-flight': {
    status: 409,
    title: 'A request with this Idempotency-Key is being processed',
    retry: 'same-key',
    event: 'creation.in_flight',
  },
  'idempotency-key-blocked': {
    status: 409,
    title: 'This Idempotency-Key is blocked by a crash',
    retry: 'never',
    event: 'creation.blocked',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    retry: 'new-key',
    event: 'creation.mismatch',
  },
  'duplicate-resource': {
    status: 409,
    title: 'The resource exists already',
    retry: 'never',
    event: 'creation.rejected',
  },
  'internal-error': { status: 500, title: 'The request failed', retry: 'same-key', event: 'creation.failed' },
  overloaded: { status: 503, title: 'Too many requests are waiting', retry: 'same-key', event: 'creation.failed' },
  'store-unavailable': {
    status: 503,
    title: 'The store cannot be reached',
    retry: 'same-key',
    event: 'creation.failed',
  },
  'record-unreadable': {
    status: 503,
    title: 'The recorded answer cannot be read',
    retry: 'same-key',
    event: 'creation.failed',
  },
}
