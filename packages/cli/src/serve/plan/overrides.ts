import type { findCreations } from '@createonce/verifier/document'

/** What options say about operations besides the document: natural keys and policies. */
export interface Overrides {
  readonly overrideOf: NonNullable<Parameters<typeof findCreations>[1]>
  /** The operations that were named, to be told when the document has none of that name. */
  readonly named: readonly string[]
}
