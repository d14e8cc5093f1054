import { inspect } from 'node:util'
import type { CreationEnded } from './observer.ts'

// A stack and its causes; a message that somebody made of a whole document is not wanted.
const LONGEST = 8_000

// What a terminal obeys instead of showing it. Line feeds stay: stacks have them.
const CONTROL = /(?!\n)[\p{Cc}\u2028\u2029]/gu

/**
 * Writes a fault that no `log` is told of to standard error: the client learns nothing but 500, and without this the
 * developer would not either.
 */
export function tellFault({ operation, requestId, status, err }: CreationEnded): void {
  if (err === undefined) return
  const text = inspect(err).slice(0, LONGEST).replace(CONTROL, '?').replaceAll('\n', '\n  ')
  console.error(`createonce: ${operation} answered ${status} to request ${JSON.stringify(requestId)}:\n  ${text}`)
}
