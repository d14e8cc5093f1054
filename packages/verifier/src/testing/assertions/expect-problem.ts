import { problemFaults } from '../../evidence/problem-faults.ts'
import { quote } from '../../evidence/quote.ts'
import { isRecord } from '../../target/is-record.ts'
import { headerOf, mediaTypeOf } from '../answer/header.ts'
import { readAnswer } from '../answer/read-answer.ts'
import type { SeenAnswer } from '../answer/seen-answer.ts'
import { failWith } from './fail-with.ts'
import type { Fault } from './fault.ts'

/** What a test expects of a problem: its code, its status, or both with the places at fault. */
export type ProblemExpectation =
  | string
  | number
  | {
      /** What `type` ends in: after its last `/`, `#` or `:`. */
      readonly code?: string
      readonly status?: number
      /** JSON Pointers (RFC 6901) of all members that `errors` names, in any order. */
      readonly pointers?: readonly string[]
    }

/** A problem as RFC 9457 §3.1 has it. */
export interface Problem {
  readonly status: number
  /** What `type` ends in; empty for `about:blank`. */
  readonly code: string
  readonly type: string
  readonly title: string | undefined
  readonly detail: string | undefined
  readonly pointers: readonly string[]
  /** In seconds, where Retry-After says so (RFC 9110 §10.2.3). */
  readonly retryAfter: number | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Expects a problem (RFC 9457): a status of 400 or more, application/problem+json, members of the right types, a
 * `status` that agrees, and whatever the test adds.
 *
 * @throws AssertionError that tells everything that is wrong; TypeError for what is no response.
 * @example
 * await expectProblem(response, 'idempotency-key-reused')
 * await expectProblem(response, { status: 400, code: 'invalid-input', pointers: ['/quantity'] })
 */
export async function expectProblem(response: unknown, expected: ProblemExpectation = {}): Promise<Problem> {
  const answer = await readAnswer(response)
  const { code, status, pointers } =
    typeof expected === 'string' ? { code: expected } : typeof expected === 'number' ? { status: expected } : expected
  const faults: Fault[] = []
  if (status === undefined ? answer.status < 400 : answer.status !== status) {
    faults.push({ message: `The status is ${answer.status}, and ${status ?? '400 or more'} was expected.` })
  }
  const seen = toProblem(answer)
  faults.push(...formFaults(answer))
  if (code !== undefined && seen.code !== code) {
    faults.push({
      message: `The type is ${quote(seen.type)}, and one that ends in ${quote(code)} was expected (RFC 9457 §3.1.1).`,
    })
  }
  if (pointers !== undefined) faults.push(...pointerFaults(pointers, seen.pointers))
  failWith('expectProblem', answer, faults)
  return seen
}

function formFaults(answer: SeenAnswer): Fault[] {
  const mediaType = mediaTypeOf(answer)
  if (mediaType !== 'application/problem+json') {
    return [
      {
        message: `Content-Type is ${mediaType === '' ? 'absent' : quote(mediaType)}, and application/problem+json was expected (RFC 9457 §3).`,
        fix: 'Answer errors as application/problem+json with type, title, status and detail.',
        check: 'problem-details-valid',
      },
    ]
  }
  const { status, headers, text = '' } = answer
  const exchange = { method: 'POST', url: 'http://localhost/', headers: [], body: '' }
  return problemFaults({ id: 0, request: exchange, response: { status, headers, body: text, ms: 0 } }).map((fault) => ({
    message: `The problem is none as RFC 9457 §3.1 has it: ${fault}.`,
    check: 'problem-details-valid',
  }))
}

function pointerFaults(expected: readonly string[], seen: readonly string[]): Fault[] {
  const wanted = expected.map(plain)
  const missing = wanted.filter((one) => !seen.includes(one))
  const more = seen.filter((one) => !wanted.includes(one))
  return [
    ...missing.map((one) => ({ message: `No error points to ${quote(one)}, which was expected.` })),
    ...more.map((one) => ({ message: `An error points to ${quote(one)}, which was not expected.` })),
  ]
}

function toProblem(answer: SeenAnswer): Problem {
  const body = isRecord(answer.body) ? answer.body : {}
  const textOf = (name: string): string | undefined => (typeof body[name] === 'string' ? body[name] : undefined)
  const errors = Array.isArray(body['errors']) ? body['errors'] : []
  const type = textOf('type') ?? 'about:blank'
  const wait = headerOf(answer, 'retry-after')[0]
  return {
    status: answer.status,
    code: type === 'about:blank' ? '' : (/[^/#:]*$/.exec(type)?.[0] ?? ''),
    type,
    title: textOf('title'),
    detail: textOf('detail'),
    pointers: errors.flatMap((one) =>
      isRecord(one) && typeof one['pointer'] === 'string' ? [plain(one['pointer'])] : [],
    ),
    retryAfter: wait !== undefined && /^\d+$/.test(wait) ? Number(wait) : undefined,
    body,
  }
}

// RFC 9457 §3 shows pointers as fragments of a URI.
function plain(pointer: string): string {
  if (!pointer.startsWith('#')) return pointer
  try {
    return decodeURIComponent(pointer.slice(1))
  } catch {
    return pointer.slice(1)
  }
}
