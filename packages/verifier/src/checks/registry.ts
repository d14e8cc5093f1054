import { acceptBeforeCreate } from './accept-before-create.ts'
import { bodyDescribesCreated } from './body-describes-created.ts'
import { bodyEqualsGet } from './body-equals-get.ts'
import type { Check } from './check.ts'
import { collectionShowsCreated } from './collection-shows-created.ts'
import { conflict409Explains } from './conflict-409-explains.ts'
import { contentLocationHonest } from './content-location-honest.ts'
import { createdStatus201 } from './created-status-201.ts'
import { duplicatePolicyEnforced } from './duplicate-policy-enforced.ts'
import { errorsNoInternals } from './errors-no-internals.ts'
import { etag201Current } from './etag-201-current.ts'
import { existingHasLocation } from './existing-has-location.ts'
import { idemClientAbort } from './idem-client-abort.ts'
import { idemConcurrent409 } from './idem-concurrent-409.ts'
import { idemErrorNotPoisoning } from './idem-error-not-poisoning.ts'
import { idemFingerprintCanonical } from './idem-fingerprint-canonical.ts'
import { idemKeyBounds } from './idem-key-bounds.ts'
import { idemKeySyntax } from './idem-key-syntax.ts'
import { idemMissingKey } from './idem-missing-key.ts'
import { idemPayloadMismatch } from './idem-payload-mismatch.ts'
import { idemReplayKeepsHeaders } from './idem-replay-keeps-headers.ts'
import { idemReplaySameResult } from './idem-replay-same-result.ts'
import { idsUniqueUnderLoad } from './ids-unique-under-load.ts'
import { inputRoundtrip } from './input-roundtrip.ts'
import { invalidIs4xx } from './invalid-is-4xx.ts'
import { locationIdentifiesCreated } from './location-identifies-created.ts'
import { locationPresent } from './location-present.ts'
import { locationPublicOrigin } from './location-public-origin.ts'
import { locationResolves } from './location-resolves.ts'
import { locationWellFormed } from './location-well-formed.ts'
import { malformedIs400 } from './malformed-is-400.ts'
import { method405Allow } from './method-405-allow.ts'
import { no201WithoutCreation } from './no-201-without-creation.ts'
import { noRedirectOnCreate } from './no-redirect-on-create.ts'
import { numberPrecisionKept } from './number-precision-kept.ts'
import { parentMissing4xx } from './parent-missing-4xx.ts'
import { preferHandled } from './prefer-handled.ts'
import { problemDetailsValid } from './problem-details-valid.ts'
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
]
