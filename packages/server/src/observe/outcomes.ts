import { problemCodes } from '../creation/problem-codes.ts'
import { type EventName, events } from './events.ts'

/** The event as a label says it. */
export function outcomeOf(event: EventName): string {
  return event.slice('creation.'.length)
}

/**
 * Every pair of outcome and code that a creation can come to. A counter that first shows itself at 1 has not increased,
 * as Prometheus sees it, and an alert on it stays silent; so all of them are there from the start.
 */
export function allOutcomes(): readonly { readonly outcome: string; readonly code?: string }[] {
  const refusals = Object.entries(problemCodes).map(([code, { event }]) => ({ outcome: outcomeOf(event), code }))
  const refused = new Set<string>(Object.values(problemCodes).map(({ event }) => event))
  const answers = (Object.keys(events) as EventName[]).filter((event) => !refused.has(event))
  return [...answers.map((event) => ({ outcome: outcomeOf(event) })), ...refusals]
}
