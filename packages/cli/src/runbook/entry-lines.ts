import type { RunbookEntry } from './entry.ts'

/** What an entry says, as pairs of a heading and a text, in the order in which it is needed; what it does not say is left out. */
export function entryLines(entry: RunbookEntry): readonly (readonly [heading: string, text: string])[] {
  const lines = [
    ['How it shows', entry.signature],
    ['Passes by itself', entry.transient],
    ['First response', entry.firstResponse],
    ['Client', entry.client],
    ['Roll-back', entry.rollBack],
    ['Escalation', entry.escalation],
  ] as const
  return lines.flatMap(([heading, text]) => (text === undefined ? [] : [[heading, text] as const]))
}
