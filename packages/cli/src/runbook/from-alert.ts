import type { RunbookEntry } from './entry.ts'

/** An alert rule and what its reader needs at night. */
export interface RunbookAlert {
  readonly id: string
  readonly title: string
  /** The rule, as the alerting system has it. */
  readonly expression: string
  readonly meaning: string
  readonly firstResponse: string
  readonly escalation?: string
}

/** An alert, as an entry. */
export function fromAlert({ id, title, expression, meaning, firstResponse, escalation }: RunbookAlert): RunbookEntry {
  return {
    code: id,
    kind: 'alert',
    title,
    signature: `The alert \`${id}\` fires: \`${expression}\`.`,
    meaning,
    firstResponse,
    ...(escalation !== undefined && { escalation }),
    links: [],
  }
}
