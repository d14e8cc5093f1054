import type { StandardJsonSchema } from './standard-schema.ts'

/** A JSON Schema of draft 2020-12, or a schema that can write itself as one. */
export type DocumentedSchema = StandardJsonSchema | { readonly [keyword: string]: unknown }

/** What only the author knows of a creation for its OpenAPI document; everything else is known from the settings. */
export interface OpenApiSettings {
  readonly summary?: string
  /** CommonMark. */
  readonly description?: string
  readonly tags?: readonly string[]
  readonly deprecated?: boolean
  /**
   * The JSON Schema of the input, where `input` cannot write its own; `{ $ref: '#/components/schemas/NewOrder' }` names one
   * that the document has.
   * @default what `input` says of itself by Standard JSON Schema
   */
  readonly input?: DocumentedSchema
  /**
   * The schema of what is answered.
   * @default what the document says that GET of the location answers
   */
  readonly representation?: DocumentedSchema
  /** Further parameters, or path parameters described: Parameter Objects. */
  readonly parameters?: readonly object[]
  /** Requests that are accepted, by name, with what they are answered. */
  readonly examples?: Readonly<
    Record<string, { readonly summary?: string; readonly input: unknown; readonly representation?: unknown }>
  >
  /** Security Requirement Objects. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  /** Link Objects of the 201, by name, besides the one to the resource. */
  readonly links?: Readonly<Record<string, object>>
  /** Response Objects by status for what others answer at this path, such as 401 and 429. */
  readonly responses?: Readonly<Record<string, object>>
  /** Whether one caller may not read what another created; becomes `private` of `x-creation`. */
  readonly private?: boolean
}
