import { jsonText } from './json-text.ts'
import type { Report } from './report.ts'

/** The JSON report, schema version 1. */
export function toJson(report: Report): string {
  return jsonText(report)
}
