import type { Report } from '../../../src/index.ts'
import { runVerify } from '../../run-verify.ts'
import { startApi } from '../../targets/create-api.ts'

/** The report of a real run against a bookshop with five faults, one of which shows only in a race. */
export async function flawedReport(): Promise<Report> {
  const api = await startApi({
    createdStatus: () => 200,
    location: (path) => [`${path}#details`],
    gapBeforeInsert: () => true,
    gapBeforeClaim: () => true,
    stored: (input) => Object.fromEntries(Object.entries(input).map(([name, value]) => [name, lower(value)])),
  })
  try {
    const { report } = await runVerify(api.document)
    return report
  } finally {
    await api.close()
  }
}

function lower(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value
}
