import { recordable } from '../../idempotency/recordable.ts'
import type { Settlement } from '../../idempotency/store.ts'
import { buildAnswer } from '../build-answer.ts'
import { rollBack } from '../execute.ts'
import type { Handled } from '../handled.ts'
import { canonicalValue } from '../json/canonical-value.ts'
import type { Pending } from '../pending.ts'
import type { Plan } from '../plan.ts'
import type { Outcome } from '../to-outcome.ts'

/**
 * The answer to a PUT: 201 with its address for what was created, 200 for what was replaced, or 204 where the client
 * wants no content. A validator is sent only where what is kept is what was sent (RFC 9110 §9.3.4): by it the client
 * takes its own copy for the current one.
 */
export function answerPut<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  { request, body }: Pending<Native>,
  input: Input,
  { kind, row, headers: own }: Outcome<Row>,
): Settlement<Handled> {
  const built = buildAnswer(plan, { kind: 'created', row, headers: own }, request, input)
  if (built.kind === 'rejected') return rollBack(built)
  const headers: Record<string, string> = { ...built.answer.headers }
  if (!isKeptAsSent(plan, body.canonical(), row)) remove(headers, ['etag', 'last-modified'])
  const answer = { ...built.answer, headers }
  if (kind === 'created') return settled({ ...built, answer })
  const hasContent = answer.body !== undefined
  if (hasContent) headers['Content-Location'] = headers['Location']!
  remove(headers, ['location'])
  return settled({ ...built, event: 'creation.replaced', answer: { ...answer, status: hasContent ? 200 : 204 } })
}

function settled(result: Extract<Handled, { kind: 'answered' }>): Settlement<Handled> {
  return { kind: 'commit', result, answer: recordable(result.answer) }
}

function isKeptAsSent<Input, Row, Tx, Native>(
  { settings: { represent } }: Plan<Input, Row, Tx, Native>,
  sent: ReturnType<Pending<Native>['body']['canonical']>,
  row: Row,
): boolean {
  if (sent.kind !== 'canonical') return false
  const kept = canonicalValue(represent === undefined ? row : represent(row))
  return kept.kind === 'canonical' && kept.text === sent.text
}

function remove(headers: Record<string, string>, names: readonly string[]): void {
  for (const name of Object.keys(headers)) if (names.includes(name.toLowerCase())) delete headers[name]
}
