import type { VerifyOptions } from '../../src/index.ts'
import type { Running } from '../targets/styles/start.ts'

/** A running target, and what a run against it needs. */
export interface ScoredApi extends Pick<Running, 'document' | 'close'> {
  readonly options?: Omit<VerifyOptions, 'target'>
}

/** The two copies of every target: in its own words, and in others with ids of another kind. */
export type Copy = 'own words' | 'other words'

/** One API that the verifier is scored on. */
export interface ScoreTarget {
  readonly name: string
  /** The checks that must find something; none on a correct API. */
  readonly finds: readonly string[]
  /** Checks that may find something, for the same cause. */
  readonly also: readonly string[]
  start(copy: Copy): Promise<ScoredApi>
  /** The operations to judge; all where it says nothing. */
  operations?(copy: Copy): readonly string[]
}
