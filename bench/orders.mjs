// The requests that most benchmarks send.
const BODY = '{"item":"tea, green, 100 g","quantity":2}'

/** Each with a key of its own. */
export const uniqueKeys = [{ body: BODY, headers: { 'Idempotency-Key': '{id}' } }]

/** All with the same key. */
export const sameKey = [{ body: BODY, headers: { 'Idempotency-Key': 'always-the-same' } }]
