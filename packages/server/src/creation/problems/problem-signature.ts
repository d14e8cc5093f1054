import { events } from '../../observe/events.ts'
import { problemCodes } from '../problem-codes.ts'
import type { ProblemCode, ProblemEntry } from './problem-entry.ts'

/** The log line by which a problem is found. */
export interface ProblemSignature {
  readonly event: ProblemEntry['event']
  readonly code: ProblemCode
  readonly level: 'info' | 'warn' | 'error'
}

/** What to look for in the logs; read from the catalogue and the table of events, so that neither can disagree with it. */
export function problemSignature(code: ProblemCode): ProblemSignature {
  const { event } = problemCodes[code]
  return { event, code, level: events[event].level }
}
