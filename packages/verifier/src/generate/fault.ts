import type { JsonSchema } from '../target/target.ts'

/** One way to break one place of a body. */
export interface Fault {
  /** What is wrong, in words: `/qty is text`. */
  readonly name: string
  /** JSON Pointer of the place; a missing member is named itself. */
  readonly pointer: string
  /** The keyword that is broken, e.g. `required`, `type`, `maximum`. */
  readonly rule: string
  /** The value that breaks it; `remove` for a missing member. */
  readonly change: { readonly set: unknown } | 'remove'
}

/** A place of a valid body with what the schema says about it. */
export interface FaultPlace {
  readonly pointer: string
  readonly name: string
  readonly schema: JsonSchema
  readonly value: unknown
  /** Whether the schema of the object around it requires it. */
  readonly required: boolean
}
