import { acceptBeforeCreate } from './accept-before-create.ts'
import { async202Not201 } from './async-202-not-201.ts'
import { asyncMonitorCompletes } from './async-monitor-completes.ts'
import { authChallenge401 } from './auth-challenge-401.ts'
import { bodyDescribesCreated } from './body-describes-created.ts'
import { bodyEqualsGet } from './body-equals-get.ts'
import { bodyTooLarge413 } from './body-too-large-413.ts'
import { bulkAtomicityDeclared } from './bulk-atomicity-declared.ts'
import { bulkItemResults } from './bulk-item-results.ts'
import type { Check } from './check.ts'
import { clientIdPolicy } from './client-id-policy.ts'
import { collectionShowsCreated } from './collection-shows-created.ts'
import { conflict409Explains } from './conflict-409-explains.ts'
import { conflictNoLeak } from './conflict-no-leak.ts'
import { contentLocationHonest } from './content-location-honest.ts'
import { corsExposesLocation } from './cors-exposes-location.ts'
import { crashNoDuplicate } from './crash-no-duplicate.ts'
import { createdDeletable } from './created-deletable.ts'
import { createdStatus201 } from './created-status-201.ts'
import { createdSurvivesCrash } from './created-survives-crash.ts'
import { csrfSimpleRequest } from './csrf-simple-request.ts'
import { digestChecked } from './digest-checked.ts'
import { doc201AndLocation } from './doc-201-and-location.ts'
import { docBodyConforms } from './doc-body-conforms.ts'
import { docErrorsDeclared } from './doc-errors-declared.ts'
import { docIdempotencyPolicy } from './doc-idempotency-policy.ts'
import { docServerFieldsReadonly } from './doc-server-fields-readonly.ts'
import { duplicatePolicyEnforced } from './duplicate-policy-enforced.ts'
import { errorBeforeEffect } from './error-before-effect.ts'
import { errorsNoInternals } from './errors-no-internals.ts'
import { etag201Current } from './etag-201-current.ts'
import { existingHasLocation } from './existing-has-location.ts'
import { idemClientAbort } from './idem-client-abort.ts'
import { idemConcurrent409 } from './idem-concurrent-409.ts'
import { idemErrorNotPoisoning } from './idem-error-not-poisoning.ts'
import { idemFingerprintCanonical } from './idem-fingerprint-canonical.ts'
import { idemKeyBounds } from './idem-key-bounds.ts'
import { idemKeyScope } from './idem-key-scope.ts'
import { idemKeySyntax } from './idem-key-syntax.ts'
import { idemMissingKey } from './idem-missing-key.ts'
import { idemNoLostEffect } from './idem-no-lost-effect.ts'
import { idemPayloadMismatch } from './idem-payload-mismatch.ts'
import { idemReplayKeepsHeaders } from './idem-replay-keeps-headers.ts'
import { idemReplayMarked } from './idem-replay-marked.ts'
import { idemReplaySameResult } from './idem-replay-same-result.ts'
import { idemSafeMethodsIgnored } from './idem-safe-methods-ignored.ts'
import { idemWindowHonoured } from './idem-window-honoured.ts'
import { idsUniqueUnderLoad } from './ids-unique-under-load.ts'
import { ifNoneMatchStar } from './if-none-match-star.ts'
import { inputRoundtrip } from './input-roundtrip.ts'
import { invalidIs4xx } from './invalid-is-4xx.ts'
import { jsonApiAccept406 } from './json-api-accept-406.ts'
import { jsonApiErrorDocuments } from './json-api-error-documents.ts'
import { jsonApiMediaType } from './json-api-media-type.ts'
import { jsonApiOtherType409 } from './json-api-other-type-409.ts'
import { jsonApiParameters415 } from './json-api-parameters-415.ts'
import { jsonApiResourceObject } from './json-api-resource-object.ts'
import { jsonApiSelfIsLocation } from './json-api-self-is-location.ts'
import { linkCreated } from './link-created.ts'
import { locationHostInjection } from './location-host-injection.ts'
import { locationIdentifiesCreated } from './location-identifies-created.ts'
import { locationNoCrlf } from './location-no-crlf.ts'
import { locationPathEncoding } from './location-path-encoding.ts'
import { locationPresent } from './location-present.ts'
import { locationPublicOrigin } from './location-public-origin.ts'
import { locationResolves } from './location-resolves.ts'
import { locationWellFormed } from './location-well-formed.ts'
import { malformedIs400 } from './malformed-is-400.ts'
import { media415Hints } from './media-415-hints.ts'
import { method405Allow } from './method-405-allow.ts'
import { no201WithoutCreation } from './no-201-without-creation.ts'
import { noRedirectOnCreate } from './no-redirect-on-create.ts'
import { numberPrecisionKept } from './number-precision-kept.ts'
import { optionsAdvertises } from './options-advertises.ts'
import { otherPrincipalCannotRead } from './other-principal-cannot-read.ts'
import { parentMissing4xx } from './parent-missing-4xx.ts'
import { preconditionAfterChecks } from './precondition-after-checks.ts'
import { preconditionRequired428 } from './precondition-required-428.ts'
import { preferHandled } from './prefer-handled.ts'
import { problemDetailsValid } from './problem-details-valid.ts'
import { putCreate201 } from './put-create-201.ts'
import { putValidatorRestriction } from './put-validator-restriction.ts'
import { rejectedLeavesNothing } from './rejected-leaves-nothing.ts'
import { respondAsyncHonoured } from './respond-async-honoured.ts'
import { retryAfterWhenTemporary } from './retry-after-when-temporary.ts'
import { safeMethodNeverCreates } from './safe-method-never-creates.ts'
import { secretNotEchoed } from './secret-not-echoed.ts'
import { serverFieldsProtected } from './server-fields-protected.ts'
import { statusCodeRegistered } from './status-code-registered.ts'
import { unicodeRoundtrip } from './unicode-roundtrip.ts'
import { uniqueRaceSingleWinner } from './unique-race-single-winner.ts'
import { unknownFieldsPolicy } from './unknown-fields-policy.ts'
import { unsupportedMedia415 } from './unsupported-media-415.ts'
import { validationCodeConsistent } from './validation-code-consistent.ts'
import { validationListsAllErrors } from './validation-lists-all-errors.ts'
import { varyPrefer } from './vary-prefer.ts'
import { zalandoDuplicate409 } from './zalando-duplicate-409.ts'
import { zalandoInvalid400 } from './zalando-invalid-400.ts'
import { zalandoKeyReuse400 } from './zalando-key-reuse-400.ts'
import { zalandoLocationAbsolute } from './zalando-location-absolute.ts'
import { zalandoNoLinkHeader } from './zalando-no-link-header.ts'
import { zalandoObjectAtTop } from './zalando-object-at-top.ts'
import { zalandoProblemJson } from './zalando-problem-json.ts'

/** Every check, in the order in which experiments are best run: valid requests, invalid ones, duplicates, keys, races. */
export const checks: readonly Check[] = [
  createdStatus201,
  async202Not201,
  asyncMonitorCompletes,
  no201WithoutCreation,
  statusCodeRegistered,
  noRedirectOnCreate,
  putCreate201,
  locationPresent,
  locationWellFormed,
  locationResolves,
  locationIdentifiesCreated,
  locationPublicOrigin,
  contentLocationHonest,
  linkCreated,
  bodyDescribesCreated,
  bodyEqualsGet,
  inputRoundtrip,
  unicodeRoundtrip,
  numberPrecisionKept,
  collectionShowsCreated,
  etag201Current,
  putValidatorRestriction,
  secretNotEchoed,
  preferHandled,
  varyPrefer,
  respondAsyncHonoured,
  serverFieldsProtected,
  unknownFieldsPolicy,
  invalidIs4xx,
  validationCodeConsistent,
  validationListsAllErrors,
  malformedIs400,
  rejectedLeavesNothing,
  bulkAtomicityDeclared,
  bulkItemResults,
  parentMissing4xx,
  unsupportedMedia415,
  media415Hints,
  acceptBeforeCreate,
  method405Allow,
  optionsAdvertises,
  safeMethodNeverCreates,
  digestChecked,
  duplicatePolicyEnforced,
  conflict409Explains,
  existingHasLocation,
  clientIdPolicy,
  ifNoneMatchStar,
  preconditionRequired428,
  preconditionAfterChecks,
  idemReplaySameResult,
  idemReplayKeepsHeaders,
  idemReplayMarked,
  idemSafeMethodsIgnored,
  idemPayloadMismatch,
  idemMissingKey,
  idemKeySyntax,
  idemKeyBounds,
  idemFingerprintCanonical,
  idemErrorNotPoisoning,
  idemClientAbort,
  uniqueRaceSingleWinner,
  idemConcurrent409,
  idsUniqueUnderLoad,
  problemDetailsValid,
  errorsNoInternals,
  zalandoLocationAbsolute,
  zalandoObjectAtTop,
  zalandoNoLinkHeader,
  zalandoInvalid400,
  zalandoDuplicate409,
  zalandoKeyReuse400,
  zalandoProblemJson,
  jsonApiMediaType,
  jsonApiResourceObject,
  jsonApiSelfIsLocation,
  jsonApiOtherType409,
  jsonApiParameters415,
  jsonApiAccept406,
  jsonApiErrorDocuments,
  corsExposesLocation,
  locationPathEncoding,
  locationNoCrlf,
  locationHostInjection,
  csrfSimpleRequest,
  bodyTooLarge413,
  idemWindowHonoured,
  createdDeletable,
  authChallenge401,
  otherPrincipalCannotRead,
  conflictNoLeak,
  retryAfterWhenTemporary,
  idemKeyScope,
  errorBeforeEffect,
  doc201AndLocation,
  docErrorsDeclared,
  docBodyConforms,
  docIdempotencyPolicy,
  docServerFieldsReadonly,
  createdSurvivesCrash,
  crashNoDuplicate,
  idemNoLostEffect,
]
