import { runVerify } from '../run-verify.ts'
import { type Shape, startShaped } from '../targets/shaped.ts'

/** Judges an API of a shape by some checks: their verdicts by name, and what was left behind. */
export async function verdictsOf(
  shape: Shape,
  checks: readonly string[],
): Promise<{ readonly verdicts: Readonly<Record<string, string>>; readonly leftovers: readonly string[] }> {
  const target = await startShaped(shape)
  try {
    const { report } = await runVerify(target.document, { checks, maxRequests: 2_000 })
    const verdicts = report.results.map(({ check, verdict, message }) => {
      return [check, verdict === 'pass' || verdict === 'fail' ? verdict : `${verdict}: ${message}`]
    })
    return { verdicts: Object.fromEntries(verdicts), leftovers: report.leftovers }
  } finally {
    await target.close()
  }
}
