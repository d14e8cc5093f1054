import { AssertionError } from 'node:assert'
import { causeOf } from '../../causes/cause-of.ts'
import { quote } from '../../evidence/quote.ts'
import { neutralise } from '../../report/neutralise.ts'
import type { SeenAnswer } from '../answer/seen-answer.ts'
import type { Fault } from './fault.ts'

// What a test asks about; other lines may hold credentials.
const shown = /^(location|content-type|etag|content-location|retry-after)$/i
// A hundred differences say no more than the first of them.
const mostFaults = 8

/** Throws an AssertionError that tells all that is wrong with an answer. Does nothing where nothing is. */
export function failWith(name: string, answer: SeenAnswer, faults: readonly Fault[]): void {
  if (faults.length === 0) return
  const left = faults.length - mostFaults
  const lines = faults.slice(0, mostFaults).flatMap(({ message, fix, check }) => {
    const cause = check === undefined ? undefined : causeOf(check)
    return [
      `- ${message}`,
      ...(fix === undefined ? [] : [`  fix   ${fix}`]),
      ...(cause === undefined ? [] : [`  cause ${cause.title}: docs/reference/fixes/${cause.id}.md`]),
    ]
  })
  const message = [
    `${name}: the answer is not the one that was expected.`,
    ...lines,
    ...(left > 0 ? [`- and ${left} more`] : []),
    `  seen  ${described(answer)}`,
  ]
  throw new AssertionError({ message: message.map(neutralise).join('\n'), stackStartFn: failWith })
}

function described({ status, headers, text }: SeenAnswer): string {
  const lines = headers.filter(([name]) => shown.test(name)).map(([name, value]) => `${name}: ${quote(value)}`)
  const content = text === undefined ? 'its content was read before' : text === '' ? 'no content' : quote(text)
  return [`status ${status}`, ...lines, content].join(', ')
}
