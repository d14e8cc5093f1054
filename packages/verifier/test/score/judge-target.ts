import { loadTarget, type Result, verify } from '../../src/index.ts'
import type { Copy, ScoreTarget } from './target.ts'

/** What the verifier made of one copy of a target. */
export interface Judged {
  readonly target: ScoreTarget
  readonly copy: Copy
  /** The checks that had to find something and did not, each with its verdict. */
  readonly missed: readonly string[]
  /** Errors and warnings that are none, and notes of no check that may speak: all of them wrong. */
  readonly falseAlarms: readonly string[]
  /** Why the target, or a part of it, was not judged. */
  readonly unjudged: readonly string[]
  readonly requests: number
  readonly ms: number
}

/** Starts a copy of a target, lets the verifier judge it, and compares that with what is known of it. */
export async function judgeTarget(target: ScoreTarget, copy: Copy, seed: number): Promise<Judged> {
  const running = await target.start(copy)
  try {
    const operations = target.operations?.(copy)
    const run = verify({
      target: await loadTarget(running.document),
      seed,
      ...(operations === undefined ? {} : { operations }),
      ...running.options,
    })
    let step = await run.next()
    while (!step.done) step = await run.next()
    const report = step.value
    const failed = report.results.filter(({ verdict }) => verdict === 'fail')
    const expected = new Set([...target.finds, ...target.also])
    const verdictOf = (check: string) => report.results.find((one) => one.check === check)
    return {
      target,
      copy,
      missed: target.finds
        .filter((check) => !failed.some((one) => one.check === check))
        .map((check) => `${check}: ${shown(verdictOf(check))}`),
      falseAlarms: failed
        .filter(({ check, level }) => !expected.has(check) && level !== 'note')
        .map((one) => `${one.check}: ${shown(one)}`),
      unjudged: [
        ...report.operations.filter(({ judged }) => !judged).map(({ id, reason }) => `${id}: ${reason}`),
        ...report.results.filter(({ verdict }) => verdict === 'error').map((one) => `${one.check}: ${shown(one)}`),
        ...(report.operations.length === 0 ? ['no operation was found'] : []),
      ],
      requests: report.requests,
      ms: report.durationMs,
    }
  } finally {
    await running.close()
  }
}

function shown(result: Result | undefined): string {
  return result === undefined ? 'not run' : `${result.verdict} (${result.level}): ${result.message}`
}
