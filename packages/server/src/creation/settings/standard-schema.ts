/**
 * The part of Standard Schema v1 that input validation uses; zod, valibot, arktype and others have it.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output = unknown, Sent = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Sent; readonly output: Output } | undefined
  }
}

/** The outcome of a validation: the typed value, or every issue. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** One fault, with the path to the member it is about. */
export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * The part of Standard JSON Schema v1 that documents use: a schema that writes itself as JSON Schema.
 *
 * @see https://standardschema.dev/json-schema
 */
export interface StandardJsonSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly jsonSchema: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>
      readonly output: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>
    }
  }
}
