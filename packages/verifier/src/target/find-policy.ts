import { findNaturalKey } from './find-natural-key.ts'
import { isRecord } from './is-record.ts'
import type { Operation } from './list-operations.ts'
import type { DuplicatePolicy, IdempotencyPolicy, JsonSchema, Policy } from './target.ts'

/** What the user says about the policy of one operation; it outranks the document. */
export interface PolicyOverride {
  readonly duplicates?: DuplicatePolicy
  readonly idempotency?: IdempotencyPolicy
  readonly unique?: readonly string[]
}

export const DUPLICATE_POLICIES: readonly DuplicatePolicy[] = ['reject', 'return-existing', 'allow']
export const IDEMPOTENCY_POLICIES: readonly IdempotencyPolicy[] = ['off', 'optional', 'required']

/** The policy of an operation: from the user, from `x-creation`, or read between the lines. */
export function findPolicy(
  operation: Pick<Operation, 'statuses' | 'parameters' | 'raw'>,
  schema: JsonSchema | undefined,
  override: PolicyOverride,
): Policy {
  const extension = isRecord(operation.raw['x-creation']) ? operation.raw['x-creation'] : {}
  const duplicates =
    declared(override.duplicates, 'an option') ??
    declared(oneOf(DUPLICATE_POLICIES, extension['duplicates']), 'x-creation') ??
    inferDuplicates(operation)
  const naturalKey =
    declared(override.unique, 'an option') ??
    declared(namesOf(extension['naturalKey']), 'x-creation') ??
    // Where duplicates are declared to be welcome, nothing makes two resources the same one.
    (duplicates?.value === 'allow' ? undefined : inferKey(schema))
  const idempotency =
    declared(override.idempotency, 'an option') ??
    declared(oneOf(IDEMPOTENCY_POLICIES, extension['idempotency']), 'x-creation') ??
    inferIdempotency(operation)
  return {
    ...(naturalKey === undefined ? {} : { naturalKey }),
    ...(duplicates === undefined ? {} : { duplicates }),
    ...(idempotency === undefined ? {} : { idempotency }),
    ...(typeof extension['retention'] === 'string' ? { retention: extension['retention'] } : {}),
    ...(typeof extension['private'] === 'boolean' ? { private: extension['private'] } : {}),
  }
}

interface Known<T> {
  readonly value: T
  readonly from: 'declared' | 'inferred'
  readonly why: string
}

function declared<T>(value: T | undefined, where: string): Known<T> | undefined {
  return value === undefined ? undefined : { value, from: 'declared', why: `declared by ${where}` }
}

function inferKey(schema: JsonSchema | undefined): Known<readonly string[]> | undefined {
  const found = findNaturalKey(schema)
  return found === undefined ? undefined : { ...found, from: 'inferred' }
}

function inferDuplicates(operation: Pick<Operation, 'statuses'>): Known<DuplicatePolicy> | undefined {
  if (!operation.statuses.includes('409')) return undefined
  return { value: 'reject', from: 'inferred', why: 'the document declares a 409 for it' }
}

function inferIdempotency(operation: Pick<Operation, 'parameters'>): Known<IdempotencyPolicy> | undefined {
  const header = operation.parameters.find(
    (parameter) => parameter.in === 'header' && /^(x-)?idempotency-?key$/i.test(parameter.name),
  )
  if (header === undefined) return undefined
  const value = header.required ? 'required' : 'optional'
  return { value, from: 'inferred', why: `the document declares the header ${header.name}, ${value}` }
}

function namesOf(value: unknown): readonly string[] | undefined {
  const names = (typeof value === 'string' ? [value] : Array.isArray(value) ? value : []).filter(
    (name) => typeof name === 'string',
  )
  return names.length > 0 ? names : undefined
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  // YAML 1.1 readers turn a bare `off` into false before it gets here.
  const text = value === false ? 'off' : value
  return allowed.find((candidate) => candidate === text)
}
