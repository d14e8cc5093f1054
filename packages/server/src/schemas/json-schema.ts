import type { StandardIssue, StandardResult } from '../creation/settings/standard-schema.ts'
import type { AjvLike } from './json-schema/ajv.ts'
import { clearUp, isOurs } from './json-schema/clear-up.ts'
import { type Closed, closeObjects } from './json-schema/close-objects.ts'
import { createCheck } from './json-schema/create-check.ts'
import { draftOf } from './json-schema/draft-of.ts'
import type { SchemaObject } from './json-schema/subschemas.ts'
import { toDraft } from './json-schema/to-draft.ts'
import { pathOf, toIssue } from './json-schema/to-issue.ts'

export type { AjvLike } from './json-schema/ajv.ts'

/** How a JSON Schema is read, where the defaults do not fit. */
export interface JsonSchemaOptions {
  /**
   * What becomes of members that the schema does not name: `refuse`, an error for each; `strip`, removed from the input;
   * `keep`, as JSON Schema has it. An object whose schema says `additionalProperties` or `unevaluatedProperties` is
   * treated as that says, and one that names no members stays open.
   * @default 'refuse'
   */
  readonly unknown?: 'refuse' | 'strip' | 'keep'
  /**
   * Whether members that are absent get the `default` of their schema.
   * @default false
   */
  readonly defaults?: boolean
  /**
   * Whether `format` is checked, by ajv-formats; otherwise it says something and asserts nothing.
   * @default true
   */
  readonly formats?: boolean
  /**
   * How many digits behind the point of the quotient count for `multipleOf`: 19.99 is no multiple of 0.01 to the last
   * bit.
   * @default 6
   */
  readonly multipleOfPrecision?: number
  /** Adds to the instance of ajv what the schema needs: other schemas, formats, keywords. */
  readonly prepare?: (ajv: AjvLike) => void
}

/** A JSON Schema as Standard Schema v1, which can show itself (Standard JSON Schema v1). */
export interface JsonSchemaInput<T> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'createonce'
    readonly validate: (value: unknown) => StandardResult<T>
    readonly types?: { readonly input: T; readonly output: T } | undefined
    readonly jsonSchema: {
      /** Throws for a target that this schema cannot be written in. */
      readonly input: (options: { readonly target: string }) => Record<string, unknown>
      readonly output: (options: { readonly target: string }) => Record<string, unknown>
    }
  }
}

// Ten times what one answer names. An array may hold hundreds of thousands of faults, and telling each takes longer than
// finding it; so the others are only counted.
const MAX_NAMED = 1_000
const BEYOND: StandardIssue = { message: `is one of the faults after the first ${MAX_NAMED}, which are not named` }

/**
 * Makes an input of a JSON Schema, draft 2020-12 or, where `$schema` says so, draft 7. Needs ajv 8, and ajv-formats
 * where the schema names a format; throws an Error with the command that installs them.
 *
 * Every fault is reported, with the path to the member that is wrong, missing or unknown; only what goes beyond
 * `maxItems`, `maxLength` or `maxProperties` is reported alone. Nothing is coerced, and what was sent is never changed.
 * Throws a TypeError for a schema that is wrong or says something unknown (strict mode of ajv).
 *
 * @example
 * const input = jsonSchema<{ item: string }>({
 *   type: 'object',
 *   properties: { item: { type: 'string', maxLength: 100 } },
 *   required: ['item'],
 * })
 */
export function jsonSchema<T = unknown>(schema: object, options: JsonSchemaOptions = {}): JsonSchemaInput<T> {
  const { unknown = 'refuse' } = options
  if (!['refuse', 'strip', 'keep'].includes(unknown))
    throw new TypeError(`unknown must be 'refuse', 'strip' or 'keep'; got ${JSON.stringify(unknown)}.`)
  const draft = draftOf(schema)
  const root = structuredClone(schema) as SchemaObject
  const closed: Closed = unknown === 'keep' ? { schemas: new Set(), names: new Set() } : closeObjects(root)
  const check = createCheck(schema, root, closed, draft, options)

  const validate = (sent: unknown): StandardResult<T> => {
    let value = options.defaults === true ? structuredClone(sent) : sent
    let errors = check(value)
    if (unknown === 'strip' && errors.length > 0) {
      const isFaulty = errors.some((error) => !isOurs(error, closed))
      const spare = errors.filter(
        (error) => isOurs(error, closed) && !(isFaulty && closed.names.has(pathOf(error).at(-1)!)),
      )
      value = without(value, spare.map(pathOf))
      errors = check(value)
    }
    if (errors.length === 0) return { value: value as T }
    const named = distinct(clearUp(root, errors.slice(0, MAX_NAMED), closed).map(toIssue))
    return { issues: errors.length > MAX_NAMED ? [...named, ...Array(errors.length - MAX_NAMED).fill(BEYOND)] : named }
  }

  const shown = unknown === 'refuse' ? root : schema
  const show = ({ target }: { readonly target: string }) => toDraft(shown as SchemaObject, draft, target)
  return {
    '~standard': { version: 1, vendor: 'createonce', validate, jsonSchema: { input: show, output: show } },
  }
}

/** A copy without the members at these paths. */
function without(value: unknown, paths: readonly (readonly string[])[]): unknown {
  const copy = structuredClone(value)
  for (const path of paths) {
    let at = copy as Record<string, unknown>
    for (const step of path.slice(0, -1)) at = at?.[step] as Record<string, unknown>
    if (at !== undefined) delete at[path.at(-1)!]
  }
  return copy
}

function distinct(issues: readonly StandardIssue[]): StandardIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()]
}
