import type { JsonSchema } from '../target/target.ts'
import type { Fresh } from './fresh.ts'

/** What holds for one whole body while it is generated. */
export interface Generation {
  readonly root: JsonSchema
  readonly fresh: Fresh
  readonly minimal: boolean
  /** Which branch of a choice is tried first, and which value of an enum; later attempts try others. */
  readonly attempt: number
  /** Members (by name) whose values must be unique even where numbers are asked for. */
  readonly uniqueNames: ReadonlySet<string>
  /** Members of the body itself that may name the resource: their numbers are unique, or one create meets another. */
  readonly idNames?: ReadonlySet<string>
}

/** The place for which a value is generated. */
export interface Place {
  readonly name: string
  readonly depth: number
  readonly hint: unknown
  /** Optional members that must stay away, because another branch of a choice is theirs. */
  readonly omit?: ReadonlySet<string>
}

/** What objects and arrays have their parts made by: they are parts of values, and values are made of them. */
export type Generate = (schema: unknown, place: Place, generation: Generation) => unknown
