import type { Creation, Target } from '../target/target.ts'

/** The creation under test, and the target it belongs to. */
export interface Operation {
  readonly creation: Creation
  readonly target: Target
  /** True when the schema was read off an example: what violates it may still be legal. */
  readonly schemaIsGuess: boolean
}
