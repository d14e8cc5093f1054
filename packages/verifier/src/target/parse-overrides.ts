import type { OperationOverride } from './find-creations.ts'
import { DUPLICATE_POLICIES, IDEMPOTENCY_POLICIES } from './find-policy.ts'
import { TargetError } from './target-error.ts'

/** What the user says that the document does not. Each value holds for all operations, or for one: `createOrder=reject`. */
export interface OverrideOptions {
  /** `reject`, `return-existing` or `allow`. */
  readonly duplicates?: string | readonly string[]
  /** `off`, `optional` or `required`. */
  readonly idempotency?: string | readonly string[]
  /** The members of the natural key, `email` or `isbn,edition`. */
  readonly unique?: string | readonly string[]
  /** Members that are required though the document leaves them optional. */
  readonly required?: string | readonly string[]
}

/** Reads the options into a function that tells what holds for an operation; what names one operation wins. */
export function parseOverrides(options: OverrideOptions): {
  readonly overrideOf: (id: string, operation: string) => OperationOverride
  /** The operations that were named, so that a name which fits none can be reported. */
  readonly named: readonly string[]
} {
  const duplicates = read(options.duplicates).map((entry) => check('duplicates', DUPLICATE_POLICIES, entry))
  const idempotency = read(options.idempotency).map((entry) => check('idempotency', IDEMPOTENCY_POLICIES, entry))
  const unique = read(options.unique)
  const required = read(options.required)
  const all = [...duplicates, ...idempotency, ...unique, ...required]
  return {
    named: [...new Set(all.flatMap((entry) => (entry.operation === undefined ? [] : [entry.operation])))],
    overrideOf: (id, operation) => {
      const pick = <T extends { operation: string | undefined }>(entries: readonly T[]): readonly T[] => {
        const own = entries.filter((entry) => entry.operation === id || entry.operation === operation)
        return own.length > 0 ? own : entries.filter((entry) => entry.operation === undefined)
      }
      const duplicatesValue = pick(duplicates).at(-1)?.value
      const idempotencyValue = pick(idempotency).at(-1)?.value
      const uniqueValue = pick(unique).flatMap((entry) => members(entry.value))
      const requiredValue = pick(required).flatMap((entry) => members(entry.value))
      return {
        ...(duplicatesValue === undefined ? {} : { duplicates: duplicatesValue }),
        ...(idempotencyValue === undefined ? {} : { idempotency: idempotencyValue }),
        ...(uniqueValue.length === 0 ? {} : { unique: uniqueValue }),
        ...(requiredValue.length === 0 ? {} : { required: requiredValue }),
      }
    },
  }
}

interface Entry<T extends string = string> {
  readonly operation: string | undefined
  readonly value: T
}

function read(option: string | readonly string[] | undefined): readonly Entry[] {
  const list = typeof option === 'string' ? [option] : (option ?? [])
  return list.map((text) => {
    const at = text.lastIndexOf('=')
    return at < 0
      ? { operation: undefined, value: text.trim() }
      : { operation: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }
  })
}

function check<T extends string>(option: string, allowed: readonly T[], entry: Entry): Entry<T> {
  const value = allowed.find((candidate) => candidate === entry.value)
  if (value !== undefined) return { operation: entry.operation, value }
  throw new TargetError('bad-option', `${option} cannot be "${entry.value}".`, {
    seen: [`allowed: ${allowed.join(', ')}`],
    advice: `Write one of them, or for one operation createOrder=${allowed[0]}.`,
  })
}

function members(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
