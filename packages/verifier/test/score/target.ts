import type { GuidelineName } from '../../src/index.ts'
import type { Running } from '../targets/styles/start.ts'

/** The two copies of every target: in its own words, and in others with ids of another kind. */
export type Copy = 'own words' | 'other words'

/** One API that the verifier is scored on. */
export interface ScoreTarget {
  readonly name: string
  /** The checks that must find something; none on a correct API. */
  readonly finds: readonly string[]
  /** Checks that may find something, for the same cause. */
  readonly also: readonly string[]
  /** The guidelines to judge by. @default 'rfc' */
  readonly guidelines?: GuidelineName
  start(copy: Copy): Promise<Running>
  /** The operations to judge; all where it says nothing. */
  operations?(copy: Copy): readonly string[]
}
