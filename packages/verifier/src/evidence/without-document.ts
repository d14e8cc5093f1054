import type { Operation } from '../experiments/operation.ts'
import { skip, type Verdict } from './verdict.ts'

/** The verdict of a check that holds a document against the API where there is none. */
export function withoutDocument({ target }: Operation): Verdict | undefined {
  const { version } = target.document
  return version === 'example' || version === 'recording' ? skip('there is no document to hold against it') : undefined
}
