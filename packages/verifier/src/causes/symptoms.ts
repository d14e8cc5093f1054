/**
 * Which checks a red one makes red as well, on the same operation: what they saw may be the same fault, seen from another
 * side. Each pair is proved by an API with one fault that turns both red.
 */
export const symptoms: Readonly<Record<string, readonly string[]>> = {
  'created-status-201': ['doc-201-and-location'],
  'no-201-without-creation': ['duplicate-policy-enforced'],
  'status-code-registered': ['invalid-is-4xx', 'problem-details-valid', 'doc-errors-declared'],
  'body-describes-created': ['location-present'],
  'location-present': ['prefer-handled'],
  'location-well-formed': ['location-resolves'],
  'input-roundtrip': ['doc-body-conforms'],
  'content-location-honest': ['body-equals-get'],
  'server-fields-protected': ['unknown-fields-policy'],
  'duplicate-policy-enforced': ['unique-race-single-winner'],
  'idem-replay-same-result': [
    ...['idem-payload-mismatch', 'idem-key-syntax', 'idem-concurrent-409'],
    ...['idem-client-abort', 'idem-fingerprint-canonical'],
  ],
  'idem-key-syntax': ['idem-missing-key'],
  'idem-error-not-poisoning': ['idem-payload-mismatch'],
  'idem-concurrent-409': ['idem-client-abort'],
  'problem-details-valid': ['conflict-409-explains', 'validation-lists-all-errors', 'doc-errors-declared'],
  'error-before-effect': ['unicode-roundtrip'],
  'doc-errors-declared': ['doc-idempotency-policy'],
}
