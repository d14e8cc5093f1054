/** What an entry of the runbook tells of. */
export type EntryKind = 'problem' | 'alert' | 'probe' | 'check' | 'own'

/** One entry of the runbook, wherever it comes from. In its texts, what stands in backticks is code. */
export interface RunbookEntry {
  /** What stands in the log line, the alert or the report, and leads here. */
  readonly code: string
  readonly kind: EntryKind
  readonly title: string
  /** How it shows: the log line, the metric, the report. */
  readonly signature?: string
  readonly meaning: string
  /** Whether it passes by itself, and how long that may last. */
  readonly transient?: string
  /** What a client does. */
  readonly client?: string
  readonly firstResponse: string
  readonly rollBack?: string
  /** Whom to call when the first response does not mend it, and when. */
  readonly escalation?: string
  readonly links: readonly string[]
}
