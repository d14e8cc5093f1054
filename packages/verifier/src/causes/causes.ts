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
  {
    id: 'location-by-hand',
    title: 'Location is put together without a slash and without encoding',
    checks: ['location-well-formed', 'location-resolves'],
  },
  { id: 'location-of-the-collection', title: 'Location names the collection', checks: ['location-identifies-created'] },
  {
    id: 'location-from-the-socket',
    title: 'Location is built from a host that the client did not call',
    checks: ['location-public-origin', 'location-host-injection'],
  },
  {
    id: 'echo-instead-of-row',
    title: 'The answer echoes the input instead of what was stored',
    checks: ['body-equals-get', 'content-location-honest', 'etag-201-current'],
  },
  {
    id: 'stored-otherwise',
    title: 'Values are changed silently on their way into the store',
    checks: ['input-roundtrip', 'unicode-roundtrip', 'number-precision-kept'],
  },
  {
    id: 'whole-body-stored',
    title: 'The whole body goes into the row',
    checks: ['server-fields-protected', 'unknown-fields-policy', 'client-id-policy'],
  },
  { id: 'input-unchecked', title: 'The body is used before it is checked', checks: ['invalid-is-4xx'] },
  {
    id: 'one-fault-at-a-time',
    title: 'Validation stops at the first fault, and each has a status of its own',
    checks: ['validation-code-consistent', 'validation-lists-all-errors'],
  },
  {
    id: 'written-too-early',
    title: 'The row is written before what can still fail',
    checks: ['rejected-leaves-nothing', 'accept-before-create', 'error-before-effect'],
  },
  { id: 'parent-unchecked', title: 'Nobody looks whether the parent exists', checks: ['parent-missing-4xx'] },
  { id: 'lenient-parser', title: 'The parser takes what is no valid JSON', checks: ['malformed-is-400'] },
  {
    id: 'errors-as-500',
    title: 'One handler makes a 500 of every error, and shows its stack',
    checks: ['unsupported-media-415', 'problem-details-valid', 'errors-no-internals', 'body-too-large-413'],
  },
  {
    id: 'method-not-routed',
    title: 'A method without a handler is answered without saying which there are',
    checks: ['method-405-allow'],
  },
  {
    id: 'redirect-of-the-post',
    title: 'The POST is redirected to the same URL with a slash',
    checks: ['no-redirect-on-create'],
  },
  { id: 'failure-with-200', title: 'A failure is answered with 200', checks: ['status-code-registered'] },
  {
    id: 'found-answered-as-created',
    title: 'What was found is answered as if it had been created',
    checks: ['no-201-without-creation', 'existing-has-location'],
  },
  {
    id: 'upsert-says-nothing',
    title: 'An upsert does not tell whether something was there',
    checks: ['put-create-201', 'if-none-match-star'],
  },
  {
    id: 'tag-of-another-copy',
    title: 'The answer to a PUT has the tag of what the client has not sent',
    checks: ['put-validator-restriction'],
  },
  {
    id: 'condition-before-checks',
    title: 'Conditions come first, and without words',
    checks: ['precondition-after-checks', 'precondition-required-428'],
  },
  { id: 'conflict-without-words', title: 'A conflict does not say what conflicts', checks: ['conflict-409-explains'] },
  {
    id: 'record-without-answer',
    title: 'The record of a key holds too little, and too long',
    checks: ['idem-replay-keeps-headers', 'idem-fingerprint-canonical', 'idem-error-not-poisoning'],
  },
  {
    id: 'key-taken-as-it-comes',
    title: 'The key is used as it comes',
    checks: ['idem-key-syntax', 'idem-key-bounds', 'idem-missing-key'],
  },
  { id: 'ids-from-the-clock', title: 'Ids come from the clock or from a count', checks: ['ids-unique-under-load'] },
  {
    id: 'stale-list',
    title: 'The list is answered from a cache that creation does not know',
    checks: ['collection-shows-created'],
  },
  { id: 'preference-refused', title: 'A preference that is not known is refused', checks: ['prefer-handled'] },
  {
    id: 'location-of-a-name',
    title: 'A name that a client chose goes into Location as it is',
    checks: ['location-path-encoding', 'location-no-crlf'],
  },
  {
    id: 'headers-hidden',
    title: 'Browsers hide Location from pages of other origins',
    checks: ['cors-exposes-location'],
  },
  {
    id: 'caller-not-asked',
    title: 'Nobody asks who the caller is, or says how to prove it',
    checks: ['auth-challenge-401', 'other-principal-cannot-read'],
  },
  { id: 'answered-before-made', title: '201 is answered before the resource is made', checks: ['async-202-not-201'] },
  { id: 'accepted-without-monitor', title: '202 leads nowhere', checks: ['async-monitor-completes'] },
  { id: 'loop-without-transaction', title: 'A batch is written item by item', checks: ['bulk-atomicity-declared'] },
  {
    id: 'results-without-items',
    title: 'The answer to a batch does not say what became of each item',
    checks: ['bulk-item-results'],
  },
  {
    id: 'looked-up-for-everybody',
    title: 'Keys and names are looked up without asking whose they are',
    checks: ['idem-key-scope', 'conflict-no-leak'],
  },
  {
    id: 'forgotten-too-early',
    title: 'A key is forgotten before the time that is documented',
    checks: ['idem-window-honoured'],
  },
  {
    id: 'created-by-any-method',
    title: 'One handler creates for every method',
    checks: ['safe-method-never-creates'],
  },
  {
    id: 'row-shown-whole',
    title: 'The row is shown whole, with the password in it',
    checks: ['secret-not-echoed'],
  },
  {
    id: 'any-type-is-json',
    title: 'Whatever comes with the cookie is parsed as JSON',
    checks: ['csrf-simple-request'],
  },
  {
    id: 'lists-by-hand',
    title: 'What is possible is written down a second time, by hand',
    checks: ['media-415-hints', 'options-advertises'],
  },
  {
    id: 'key-on-every-request',
    title: 'The middleware for keys acts on every request',
    checks: ['idem-replay-marked', 'idem-safe-methods-ignored'],
  },
  {
    id: 'written-behind',
    title: 'The answer is sent before the row is on disk',
    checks: ['created-survives-crash'],
  },
  {
    id: 'row-before-key',
    title: 'The row is written before its key',
    checks: ['crash-no-duplicate'],
  },
  {
    id: 'key-before-row',
    title: 'The key is written before its row',
    checks: ['idem-no-lost-effect'],
  },
  {
    id: 'document-by-hand',
    title: 'The document is written by hand beside the code',
    checks: ['doc-201-and-location', 'doc-errors-declared', 'doc-body-conforms'],
  },
  {
    id: 'key-undocumented',
    title: 'Keys are taken, and the document does not say so',
    checks: ['doc-idempotency-policy'],
  },
  {
    id: 'preference-not-named',
    title: 'A preference is heard, and the answer does not say so',
    checks: ['respond-async-honoured'],
  },
  {
    id: 'one-schema-for-both',
    title: 'One schema serves requests and answers',
    checks: ['doc-server-fields-readonly'],
  },
  {
    id: 'wish-not-in-vary',
    title: 'An answer heeds a preference, and caches are not told',
    checks: ['vary-prefer'],
  },
  {
    id: 'wait-in-fractions',
    title: 'The wait is sent as it is computed',
    checks: ['retry-after-when-temporary'],
  },
  {
    id: 'deleted-nothing',
    title: 'DELETE answers 204 and does not look whether it deleted',
    checks: ['created-deletable'],
  },
]
