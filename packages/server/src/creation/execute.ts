import { recordable } from '../idempotency/recordable.ts'
import type { Session, Settlement } from '../idempotency/store.ts'
import { buildAnswer } from './build-answer.ts'
import { type CreateContext, createContext } from './create-context.ts'
import type { Handled } from './handled.ts'
import { checkAccept } from './headers/check-request-headers.ts'
import type { Pending } from './perform.ts'
import type { Plan } from './plan.ts'
import { type Rejection, rejected } from './rejection.ts'
import { existing } from './result.ts'
import { type DuplicateRule, isAboutNaturalKey } from './settings/duplicate-policy.ts'
import { type Outcome, toOutcome } from './to-outcome.ts'
import { validate } from './validate.ts'

/**
 * The work inside the transaction: check what is accepted, validate, create, build and check the whole answer, decide what is kept. Nothing
 * that can fail is left for after the commit.
 */
export async function execute<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  session: Session<Tx>,
): Promise<Settlement<Handled>> {
  const { request, body } = pending
  const refusal = checkAccept(request)
  if (refusal !== undefined) return rollBack(refusal)
  const validating = validate(plan.settings.input, body, plan.invalidStatus)
  const input = validating instanceof Promise ? await validating : validating
  if (input.kind === 'rejected') return rollBack(input)

  const outcome = await runCreate(plan, input.value, createContext(pending, session), session)
  if (outcome.kind === 'rejected') return rollBack(outcome)

  const built = buildAnswer(plan, outcome, request, input.value)
  if (built.kind === 'rejected') return rollBack(built)
  // What the library sets is all replayable; only an author's headers have to be sorted.
  return {
    kind: 'commit',
    result: built,
    answer: outcome.headers === undefined ? built.answer : recordable(built.answer),
  }
}

/** Keeps nothing. */
export function rollBack(result: Rejection): Settlement<Handled> {
  return { kind: 'roll-back', result }
}

async function runCreate<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  input: Input,
  context: CreateContext<Tx, Native>,
  session: Session<Tx>,
): Promise<Outcome<Row> | Rejection> {
  const { duplicates } = plan.settings
  const create = plan.settings.create!
  if (duplicates === 'allow') return toOutcome(await create(input, context), plan.invalidStatus)
  const attempted = await session.attempt(() => create(input, context))
  if (attempted.kind === 'done') return toOutcome(attempted.value, plan.invalidStatus)
  if (!isAboutNaturalKey(attempted.fields, duplicates.naturalKey)) throw attempted.error
  return explainDuplicate(plan, duplicates, input, context)
}

/**
 * The unique rule of the database decided the race; only now, with the loser's rows undone, is the winner looked up.
 */
export async function explainDuplicate<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  { naturalKey, find }: DuplicateRule<Input, Row, Tx, Native>,
  input: Input,
  context: CreateContext<Tx, Native>,
): Promise<Outcome<Row> | Rejection> {
  const row = await find?.(input, context)
  if (row !== undefined) return toOutcome(existing(row), plan.invalidStatus)
  return rejected('duplicate-resource', `A resource with the same ${naturalKey.join(', ')} exists.`, {
    members: { fields: naturalKey },
  })
}
