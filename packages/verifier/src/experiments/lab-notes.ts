import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import { isTemporary } from './is-temporary.ts'
import { stringsWithin } from './json-node.ts'
import type { Lab } from './lab.ts'
import { plain } from './marks.ts'

/** What a lab keeps of the answers that it saw, whoever asked. */
export interface LabNotes
  extends Pick<Lab, 'limited' | 'serverErrors' | 'temporary' | 'broken' | 'untold' | 'accepted' | 'acceptedStrings'> {
  noteAnswer(answer: Answer): void
  /** `tells` is whether an answer of this operation says what was made. */
  noteAttempt(attempt: Attempt, tells: boolean): void
}

// More of them tell no more.
const mostTemporary = 50

/** Makes empty notes. */
export function createLabNotes(): LabNotes {
  let limited = false
  let acceptedCount = 0
  const serverErrors = new Map<number, number>()
  const temporary: Answer[] = []
  const broken: Attempt[] = []
  const untold: Attempt[] = []
  const acceptedStrings = new Set<string>()
  return {
    get limited() {
      return limited
    },
    get accepted() {
      return acceptedCount
    },
    serverErrors,
    temporary,
    broken,
    untold,
    acceptedStrings,
    noteAnswer(answer) {
      const { status } = answer.response
      limited ||= status === 429
      if (status >= 500) serverErrors.set(answer.id, status)
      if (temporary.length < mostTemporary && isTemporary(answer)) temporary.push(answer)
    },
    noteAttempt(attempt, tells) {
      if (attempt.status >= 500) broken.push(attempt)
      if (!accepted(attempt)) return
      acceptedCount += 1
      if (attempt.status === 202 || !tells) untold.push(attempt)
      for (const text of stringsWithin(attempt.body)) acceptedStrings.add(plain(text))
    },
  }
}
