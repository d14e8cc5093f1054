import type { Level } from '../../evidence/level.ts'
import { exitCodeOf } from '../../report/exit-code-of.ts'
import { neutralise } from '../../report/neutralise.ts'
import type { Report } from '../../report/report.ts'
import { toTerminal } from '../../report/to-terminal.ts'
import type { TargetError } from '../../target/target-error.ts'
import { VerificationFailure } from './verification-failure.ts'

// What a test runner prints of one failure is read on a screen or two; the rest is in the error's report.
const head = 90
const tail = 30

/** The failure that a report deserves; undefined where it is good enough. */
export function toFailure(report: Report, failOn: Level): VerificationFailure | undefined {
  const code = exitCodeOf(report, failOn)
  if (code === 0) return undefined
  const why = code === 1 ? `there are findings (${failOn} or graver)` : 'not everything could be judged'
  return new VerificationFailure(`verifyApp: ${why}.\n\n${bounded(toTerminal(report))}`, report)
}

/** The failure where an app could not be understood. */
export function fromTargetError(error: TargetError): VerificationFailure {
  const seen = error.seen.map((line) => `  ${neutralise(line)}`)
  const message = [`verifyApp: ${neutralise(error.message)}`, ...seen, neutralise(error.advice)].join('\n')
  const hint = error.code === 'no-document' ? '\nIn verifyApp they are the options `document` and `example`.' : ''
  return new VerificationFailure(bounded(message) + hint, undefined, error)
}

function bounded(text: string): string {
  const lines = text.trimEnd().split('\n')
  const left = lines.length - head - tail
  if (left <= 1) return lines.join('\n')
  return [
    ...lines.slice(0, head),
    `… (${left} lines; all of it is in the \`report\` of the error)`,
    ...lines.slice(-tail),
  ].join('\n')
}
