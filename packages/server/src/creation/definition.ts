import type { CrashPolicy } from '../idempotency/store.ts'
import type { Plan } from './plan.ts'
import type { OpenApiSettings } from './settings/openapi-settings.ts'
import type { IdempotencyPolicy, IdempotencySettings } from './settings/settings.ts'
import type { StandardSchema } from './settings/standard-schema.ts'

/** What one request of a creation brings into being: one resource, several at once, or one under a name of the client's. */
export type CreationForm =
  | { readonly kind: 'one' }
  | { readonly kind: 'bulk'; readonly maxItems: number }
  | {
      readonly kind: 'put'
      /** The path's parameter that names the resource. */
      readonly name: string
      /** Whether a request must say by a condition what it expects. */
      readonly condition: 'required' | 'optional'
      /** Whether it replaces what exists. */
      readonly replaces: boolean
    }

/** What a creation promises, without anything that does it: what documents are made of. */
export interface CreationDefinition {
  readonly operation: string
  readonly form: CreationForm
  readonly input: StandardSchema
  readonly duplicates: 'allow' | 'reject' | 'return-existing'
  /** Empty where duplicates are allowed. */
  readonly naturalKey: readonly string[]
  readonly idempotency: IdempotencyPolicy
  /** As the author wrote it: milliseconds, or an ISO 8601 duration. */
  readonly retention: number | string
  readonly replay: 'full' | 'reference'
  readonly maxRecordedBytes: number | undefined
  readonly reusedStatus: 422 | 400
  readonly invalidStatus: 400 | 422
  readonly onCrash: CrashPolicy | undefined
  /** The template; absent where a function makes the Location. */
  readonly location: string | undefined
  readonly publicBaseUrl: string | undefined
  readonly problemTypes: string
  readonly maxBodyBytes: number
  readonly hasEtag: boolean
  /** Whether it is a declared row, by the setting `insert`. */
  readonly isRow: boolean
  /** Whether anybody may create, without authentication. */
  readonly isOpen: boolean
  readonly openapi: OpenApiSettings
}

/** Picks, from the plan, what others may know. */
export function toDefinition<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  form: CreationForm,
): CreationDefinition {
  const { settings, keyPolicy, reusedStatus, invalidStatus, publicBaseUrl, problemTypes, maxBodyBytes } = plan
  const {
    operation,
    input,
    duplicates,
    idempotency,
    onCrash,
    location,
    etag,
    insert,
    principal,
    openapi = {},
  } = settings
  const {
    retention = 'PT24H',
    replay = 'full',
    maxRecordedBytes,
  } = (typeof idempotency === 'string' ? {} : idempotency) as Partial<IdempotencySettings>
  return {
    operation,
    form,
    input,
    ...(duplicates === 'allow'
      ? { duplicates, naturalKey: [] }
      : { duplicates: duplicates.policy, naturalKey: duplicates.naturalKey }),
    idempotency: keyPolicy,
    retention,
    replay,
    maxRecordedBytes,
    reusedStatus,
    invalidStatus,
    onCrash,
    location: typeof location === 'string' ? location : undefined,
    publicBaseUrl,
    problemTypes,
    maxBodyBytes,
    hasEtag: etag !== undefined,
    isRow: insert !== undefined,
    isOpen: principal === 'anybody',
    openapi,
  }
}
