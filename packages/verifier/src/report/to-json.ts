import type { Report } from './report.ts'

/** The JSON report, schema version 1. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
