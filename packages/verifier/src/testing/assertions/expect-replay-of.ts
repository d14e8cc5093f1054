import { isDeepStrictEqual } from 'node:util'
import { differences } from '../../evidence/differences.ts'
import { quote } from '../../evidence/quote.ts'
import { headerOf, mediaTypeOf } from '../answer/header.ts'
import { readAnswer } from '../answer/read-answer.ts'
import type { SeenAnswer } from '../answer/seen-answer.ts'
import { failWith } from './fail-with.ts'
import type { Fault } from './fault.ts'

/** What a test expects of a replay. */
export interface ReplayExpectation {
  /**
   * Whether the second answer is marked and the first is not: `true` by `Idempotent-Replayed: true`, a text by a header
   * of that name. @default either; implementations have names of their own, or none
   */
  readonly marked?: boolean | string
}

/**
 * Expects that a second answer is the first one again, as a retry with the same Idempotency-Key gets it
 * (draft-ietf-httpapi-idempotency-key-header §2.6): the same status, Location, media type and body.
 *
 * @throws AssertionError that tells everything that differs; TypeError for what is no response, or the same one twice.
 * @example
 * const [first, retry] = [await post(), await post()]
 * await expectReplayOf(first, retry, { marked: true })
 */
export async function expectReplayOf(
  first: unknown,
  second: unknown,
  { marked }: ReplayExpectation = {},
): Promise<void> {
  if (first === second) throw new TypeError('expectReplayOf was given one response twice: send the request twice.')
  const [before, after] = await Promise.all([readAnswer(first), readAnswer(second)])
  const faults: Fault[] = []
  if (before.status < 200 || before.status > 299)
    faults.push({ message: `The first answer has the status ${before.status}, so there was nothing to be replayed.` })
  if (after.status !== before.status) faults.push(differing('status', before.status, after.status))
  for (const [name, of] of compared) if (of(before) !== of(after)) faults.push(differing(name, of(before), of(after)))
  if (before.text === undefined || after.text === undefined)
    throw new TypeError('A body was read before its response was handed over: hand over { status, headers, body }.')
  if (!isDeepStrictEqual(before.body, after.body)) faults.push(...bodyDifferences(before, after))
  if (marked !== undefined) faults.push(...markFaults(before, after, marked))
  failWith('expectReplayOf', after, faults)
}

const compared: readonly (readonly [string, (answer: SeenAnswer) => string | undefined])[] = [
  ['Location', (answer) => headerOf(answer, 'location').join(', ') || undefined],
  ['Content-Type', (answer) => mediaTypeOf(answer) || undefined],
]

function differing(what: string, before: unknown, after: unknown): Fault {
  return {
    message: `${what} is ${told(after)} in the second answer, and ${told(before)} in the first. The retry of a completed request gets its answer again (draft-ietf-httpapi-idempotency-key-header §2.6).`,
    fix: 'Keep the answer with the key, in the transaction that creates, and answer a retry from there.',
    check: 'idem-replay-same-result',
  }
}

function bodyDifferences(before: SeenAnswer, after: SeenAnswer): Fault[] {
  const places = differences(before.body, after.body)
  // Other spellings of one value are another body still.
  if (places.length === 0) return [differing('The body', before.text, after.text)]
  return places.map(({ pointer, expected, seen }) => differing(pointer === '' ? 'The body' : pointer, expected, seen))
}

function markFaults(before: SeenAnswer, after: SeenAnswer, marked: boolean | string): Fault[] {
  const name = typeof marked === 'string' ? marked : 'Idempotent-Replayed'
  const isMarked = (answer: SeenAnswer): boolean => {
    const [value] = headerOf(answer, name)
    return typeof marked === 'string' ? value !== undefined : value?.trim().toLowerCase() === 'true'
  }
  if (marked === false) return isMarked(after) ? [{ message: `The second answer is marked by ${name}.` }] : []
  return [
    ...(isMarked(after) ? [] : [{ message: `The second answer is not marked by ${name}.` }]),
    ...(isMarked(before)
      ? [{ message: `The first answer is marked by ${name} already: it was a replay itself.` }]
      : []),
  ]
}

function told(value: unknown): string {
  if (value === undefined) return 'absent'
  return typeof value === 'number' ? String(value) : quote(typeof value === 'string' ? value : JSON.stringify(value))
}
