export type { Answer } from './creation/answer.ts'
export type { CreateContext } from './creation/create-context.ts'
export type { Creation, Refused } from './creation/creation.ts'
export type { CreationRequest, RequestBody } from './creation/creation-request.ts'
export { defineCreation } from './creation/define-creation.ts'
export type { DefinedCreation, StoreGuarantee } from './creation/defined-creation.ts'
export type { CreationDefinition } from './creation/definition.ts'
export { etagOf } from './creation/etag-of.ts'
export { exposeHeaders } from './creation/headers/expose-headers.ts'
export { type JsonReading, type JsonText, readJson } from './creation/json/read-json.ts'
export { path } from './creation/location/path.ts'
export { problemCatalogue } from './creation/problem-catalogue.ts'
export type { ProblemCode, ProblemEntry, RetryRule } from './creation/problems/problem-entry.ts'
export { problemPage } from './creation/problems/problem-page.ts'
export { type ProblemSignature, problemSignature } from './creation/problems/problem-signature.ts'
export type { InputError } from './creation/rejection.ts'
export {
  created,
  existing,
  type FlaskTuple,
  invalid,
  parentNotFound,
  type Result,
  type ResultHeaders,
} from './creation/result.ts'
export type { DuplicateRule } from './creation/settings/duplicate-policy.ts'
export type { InsertContext, InsertSettings } from './creation/settings/insert-settings.ts'
export type { DocumentedSchema, OpenApiSettings } from './creation/settings/openapi-settings.ts'
export type { ServerSet } from './creation/settings/server-set.ts'
export type {
  CreationSettings,
  IdempotencyPolicy,
  IdempotencySettings,
  LocationContext,
} from './creation/settings/settings.ts'
export type {
  StandardIssue,
  StandardJsonSchema,
  StandardResult,
  StandardSchema,
} from './creation/settings/standard-schema.ts'
export { type AesGcmKeys, aesGcmSeal } from './idempotency/aes-gcm-seal.ts'
export type { Erasure } from './idempotency/erasure.ts'
export type { Seal } from './idempotency/seal.ts'
export type { Signal } from './idempotency/signal.ts'
export type {
  Attempted,
  Claim,
  Claimed,
  CrashPolicy,
  DeclaredRow,
  Inserted,
  KeyName,
  LeasedStore,
  RecordedAnswer,
  Released,
  Session,
  Settlement,
  Store,
} from './idempotency/store.ts'
export {
  type InputIssue,
  InputRefusedError,
  StoreUnavailableError,
  TransactionLostError,
  UnknownOutcomeError,
} from './idempotency/store-errors.ts'
export { systemTime, type Time } from './idempotency/time.ts'
export { type CreationEvent, type EventName, events } from './observe/events.ts'
export type { Logger } from './observe/log.ts'
export type { CreationBegun, CreationEnded, Observer } from './observe/observer.ts'
export type { RetryReason, StoreEvent, StoreResult } from './observe/store-event.ts'
