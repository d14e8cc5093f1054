import type { Report } from '@createonce/verifier'

// Below this a network or a garbage collection explains it.
const TIMES = 3
const LEAST_MS = 50

/** A sentence for each operation that takes much longer in one of two environments. */
export function latencyNotes(names: readonly [string, string], reports: readonly [Report, Report]): string[] {
  return reports[0].operations.flatMap(({ id }) => {
    const [one, other] = reports.map((report) => medianOf(report, id))
    if (one === undefined || other === undefined) return []
    const [fast, slow] = one < other ? [one, other] : [other, one]
    if (slow < fast * TIMES || slow - fast < LEAST_MS) return []
    return [
      `${id}: an answer takes ${Math.round(one)} ms on ${names[0]} and ${Math.round(other)} ms on ${names[1]} (median)`,
    ]
  })
}

function medianOf({ results, exchanges }: Report, operation: string): number | undefined {
  const cited = new Set(results.filter((one) => one.operation === operation).flatMap(({ evidence }) => evidence))
  const times = exchanges.flatMap(({ id, response }) => (cited.has(id) && response !== undefined ? [response.ms] : []))
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]
}
