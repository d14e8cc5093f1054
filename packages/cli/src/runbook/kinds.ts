import type { EntryKind } from './entry.ts'

/** What the kinds of entries are called where they are listed, in the order of the runbook. */
export const kinds: Readonly<Record<EntryKind, string>> = {
  problem: 'Problems: what creations answer and log',
  alert: 'Alerts',
  probe: 'Probes of createonce doctor',
  check: 'Checks of createonce verify',
  own: 'Your own',
}
