import { acceptBeforeCreate } from './accept-before-create.ts'
import { authChallenge401 } from './auth-challenge-401.ts'
import { bodyDescribesCreated } from './body-describes-created.ts'
import { bodyEqualsGet } from './body-equals-get.ts'
import type { Check } from './check.ts'
import { clientIdPolicy } from './client-id-policy.ts'
import { collectionShowsCreated } from './collection-shows-created.ts'
import { conflict409Explains } from './conflict-409-explains.ts'
import { conflictNoLeak } from './conflict-no-leak.ts'
import { contentLocationHonest } from './content-location-honest.ts'
import { corsExposesLocation } from './cors-exposes-location.ts'
import { crashNoDuplicate } from './crash-no-duplicate.ts'
import { createdStatus201 } from './created-status-201.ts'
import { createdSurvivesCrash } from './created-survives-crash.ts'
import { duplicatePolicyEnforced } from './duplicate-policy-enforced.ts'
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
import { idemReplaySameResult } from './idem-replay-same-result.ts'
import { idemWindowHonoured } from './idem-window-honoured.ts'
import { idsUniqueUnderLoad } from './ids-unique-under-load.ts'
import { ifNoneMatchStar } from './if-none-match-star.ts'
import { inputRoundtrip } from './input-roundtrip.ts'
import { invalidIs4xx } from './invalid-is-4xx.ts'
import { locationHostInjection } from './location-host-injection.ts'
import { locationIdentifiesCreated } from './location-identifies-created.ts'
import { locationNoCrlf } from './location-no-crlf.ts'
import { locationPathEncoding } from './location-path-encoding.ts'
import { locationPresent } from './location-present.ts'
import { locationPublicOrigin } from './location-public-origin.ts'
import { locationResolves } from './location-resolves.ts'
import { locationWellFormed } from './location-well-formed.ts'
import { malformedIs400 } from './malformed-is-400.ts'
import { method405Allow } from './method-405-allow.ts'
import { no201WithoutCreation } from './no-201-without-creation.ts'
import { noRedirectOnCreate } from './no-redirect-on-create.ts'
import { numberPrecisionKept } from './number-precision-kept.ts'
import { otherPrincipalCannotRead } from './other-principal-cannot-read.ts'
import { parentMissing4xx } from './parent-missing-4xx.ts'
import { preconditionAfterChecks } from './precondition-after-checks.ts'
import { preconditionRequired428 } from './precondition-required-428.ts'
import { preferHandled } from './prefer-handled.ts'
import { problemDetailsValid } from './problem-details-valid.ts'
import { putCreate201 } from './put-create-201.ts'
import { putValidatorRestriction } from './put-validator-restriction.ts'
import { rejectedLeavesNothing } from './rejected-leaves-nothing.ts'
import { serverFieldsProtected } from './server-fields-protected.ts'
import { statusCodeRegistered } from './status-code-registered.ts'
import { unicodeRoundtrip } from './unicode-roundtrip.ts'
import { uniqueRaceSingleWinner } from './unique-race-single-winner.ts'
import { unknownFieldsPolicy } from './unknown-fields-policy.ts'
import { unsupportedMedia415 } from './unsupported-media-415.ts'
import { validationCodeConsistent } from './validation-code-consistent.ts'
import { validationListsAllErrors } from './validation-lists-all-errors.ts'

/** Every check, in the order in which experiments are best run: valid requests, invalid ones, duplicates, keys, races. */
export const checks: readonly Check[] = [
  createdStatus201,
  putCreate201,
  no201WithoutCreation,
  statusCodeRegistered,
  noRedirectOnCreate,
  locationPresent,
  locationWellFormed,
  locationResolves,
  locationIdentifiesCreated,
  locationPublicOrigin,
  contentLocationHonest,
  bodyDescribesCreated,
  bodyEqualsGet,
  inputRoundtrip,
  unicodeRoundtrip,
  numberPrecisionKept,
  collectionShowsCreated,
  etag201Current,
  putValidatorRestriction,
  preferHandled,
  serverFieldsProtected,
  unknownFieldsPolicy,
  invalidIs4xx,
  validationCodeConsistent,
  validationListsAllErrors,
  malformedIs400,
  rejectedLeavesNothing,
  parentMissing4xx,
  unsupportedMedia415,
  acceptBeforeCreate,
  method405Allow,
  duplicatePolicyEnforced,
  conflict409Explains,
  existingHasLocation,
  clientIdPolicy,
  ifNoneMatchStar,
  preconditionRequired428,
  preconditionAfterChecks,
  idemReplaySameResult,
  idemReplayKeepsHeaders,
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
  corsExposesLocation,
  locationPathEncoding,
  locationNoCrlf,
  locationHostInjection,
  idemWindowHonoured,
  authChallenge401,
  otherPrincipalCannotRead,
  conflictNoLeak,
  idemKeyScope,
  createdSurvivesCrash,
  crashNoDuplicate,
  idemNoLostEffect,
]
