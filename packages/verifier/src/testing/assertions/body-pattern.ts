/** The slice of Standard Schema (standardschema.dev) that judging a body takes: zod, valibot and arktype have it. */
export interface BodySchema<Output = unknown> {
  readonly '~standard': {
    readonly validate: (value: unknown) => BodyResult<Output> | Promise<BodyResult<Output>>
    readonly types?: { readonly output: Output } | undefined
  }
}

type BodyResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
      }[]
    }

/**
 * What a body has to be: what it contains (asymmetric matchers and RegExps may stand in it), a function that returns
 * true for it, a type guard, or a schema.
 */
// biome-ignore lint/suspicious/noExplicitAny: the test says what it takes, and may be right
export type BodyPattern = BodySchema | ((body: any) => boolean) | object | string | number | boolean | null

/** What a test knows about a body that fits a pattern. */
export type BodyOf<Pattern> =
  // A matcher that a runner types as anything says nothing about the body.
  0 extends 1 & Pattern
    ? Readonly<Record<string, unknown>>
    : Pattern extends BodySchema<infer Output>
      ? Output
      : // biome-ignore lint/suspicious/noExplicitAny: any parameter at all
        Pattern extends (body: any) => body is infer Guarded
        ? Guarded
        : Pattern extends (body: infer Taken) => boolean
          ? Taken
          : Pattern extends readonly unknown[] | string | number | boolean | null
            ? Pattern
            : Widened<Pattern> & Readonly<Record<string, unknown>>

// Where a text is compared with a pattern, the body has a text.
type Widened<Pattern> = {
  readonly [K in keyof Pattern]: Pattern[K] extends RegExp ? string : Pattern[K]
}
