import type { Report } from './report.ts'
import { toJson } from './to-json.ts'

/**
 * The report as a baseline to keep beside the code: a JSON report with the findings alone. What was known and could not
 * be judged in this run stays known.
 */
export function toBaseline(report: Report): string {
  const { baseline, ...rest } = report
  const found = report.results.filter(({ verdict }) => verdict === 'fail').map(({ known: _, ...result }) => result)
  const kept = (baseline?.open ?? []).map(({ id, check, operation, level }) => ({
    id,
    check,
    operation,
    verdict: 'fail' as const,
    level,
    basis: 'derived' as const,
    source: '',
    message: 'known from an earlier run, and not judged in this one',
    evidence: [],
  }))
  const results = [...found, ...kept].map(({ evidence: _, ...result }) => ({ ...result, evidence: [] }))
  return toJson({ ...rest, results, exchanges: [], leftovers: [] })
}
