import type { ProblemParts } from './problem-parts.ts'

/** What is said of a problem, as pairs of a heading and a text with `code` in backticks; the order is that of need. */
export function problemLines(parts: ProblemParts): readonly (readonly [heading: string, text: string])[] {
  const { retry, transient, client, firstResponse, rollBack, escalation, signature } = parts
  return [
    ['Retry', `\`${retry}\``],
    ['Client', client],
    ['Passes by itself', `${transient.passes ? 'Yes' : 'No'}. ${transient.lasts}`],
    ['First response', firstResponse],
    ['Roll-back', rollBack],
    ['Escalation', escalation],
    ['Log line', `level \`${signature.level}\`, \`"event":"${signature.event}"\`, \`"code":"${signature.code}"\``],
  ]
}
