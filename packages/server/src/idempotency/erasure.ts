/** Whose records are erased. */
export interface Erasure {
  /** As the creation's setting `principal` names the caller. */
  readonly principal: string
  /**
   * How many records one transaction deletes at most, so that nobody waits long behind it.
   * @default 1_000
   */
  readonly batchSize?: number
}

/** The same, completed. */
export type CompleteErasure = Required<Erasure>

// A thousand small deletions take some milliseconds.
const BATCH_SIZE = 1_000

/** Checks and completes it; throws a TypeError that does not show the principal, which is a name. */
export function completeErasure({ principal, batchSize = BATCH_SIZE }: Erasure): CompleteErasure {
  if (typeof principal !== 'string' || principal === '') {
    const seen = principal === '' ? 'an empty text' : typeof principal
    throw new TypeError(
      `erase: principal must be the name of a caller, as the creation's principal() gives it; got ${seen}.`,
    )
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new TypeError(`erase: batchSize must be a whole number above 0; got ${String(batchSize)}.`)
  }
  return { principal, batchSize }
}
