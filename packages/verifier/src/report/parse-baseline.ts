import type { Level } from '../evidence/level.ts'

const levels: readonly unknown[] = ['error', 'warning', 'note'] satisfies Level[]

/** A known finding. */
export interface BaselineFinding {
  readonly id: string
  readonly check: string
  readonly operation: string
  readonly level: Level
}

/**
 * Reads the findings of a JSON report that serves as a baseline. Undefined for a text that is no report, or one whose
 * findings have no ids.
 */
export function parseBaseline(text: string): BaselineFinding[] | undefined {
  let report: { schemaVersion?: unknown; results?: unknown } | null
  try {
    report = JSON.parse(text)
  } catch {
    return undefined
  }
  if (report?.schemaVersion !== 1 || !Array.isArray(report.results)) return undefined
  const findings: BaselineFinding[] = []
  for (const result of report.results as Partial<Record<string, unknown>>[]) {
    if (result?.['verdict'] !== 'fail') continue
    const { id, check, operation, level } = result
    if (typeof id !== 'string' || typeof check !== 'string' || typeof operation !== 'string') return undefined
    if (!levels.includes(level)) return undefined
    findings.push({ id, check, operation, level: level as Level })
  }
  return findings
}
