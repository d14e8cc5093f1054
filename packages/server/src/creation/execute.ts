import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import { recordable } from '../idempotency/recordable.ts'
import type { Session, Settlement } from '../idempotency/store.ts'
import { buildAnswer } from './build-answer.ts'
import { type CreateContext, createContext } from './create-context.ts'
import { explainDuplicate } from './explain-duplicate.ts'
import type { Handled } from './handled.ts'
import { checkAccept } from './headers/check-request-headers.ts'
import type { Pending } from './pending.ts'
import type { Plan } from './plan.ts'
import type { Rejection } from './rejection.ts'
import { isAboutNaturalKey } from './settings/duplicate-policy.ts'
import { type Outcome, toOutcome } from './to-outcome.ts'
import { type Validated, validate } from './validate.ts'

/**
 * The work inside the transaction: check what is accepted, validate, create, build and check the whole answer, decide what is kept. Nothing
 * that can fail is left for after the commit.
 */
export function execute<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  session: Session<Tx>,
): MaybePromise<Settlement<Handled>> {
  const refusal = checkAccept(pending.request)
  if (refusal !== undefined) return rollBack(refusal)
  const validating = validate(plan.settings, pending.body, plan.invalidStatus)
  return andThen(validating, (input) => executeValid(plan, pending, session, input))
}

function executeValid<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  session: Session<Tx>,
  input: Validated<Input>,
): MaybePromise<Settlement<Handled>> {
  if (input.kind === 'rejected') return rollBack(input)
  const creating = runCreate(plan, input.value, createContext(pending, session), session)
  return andThen(creating, (outcome) => settle(plan, pending, input.value, outcome))
}

/** Runs `create`, behind a savepoint where a unique rule decides about duplicates. */
export function runCreate<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  input: Input,
  context: CreateContext<Tx, Native>,
  session: Session<Tx>,
): MaybePromise<Outcome<Row> | Rejection> {
  const { duplicates } = plan.settings
  const create = plan.settings.create!
  if (duplicates === 'allow') return andThen(create(input, context), (result) => toOutcome(result, plan.invalidStatus))
  return session
    .attempt(() => create(input, context))
    .then((attempted) => {
      if (attempted.kind === 'done') return toOutcome(attempted.value, plan.invalidStatus)
      if (!isAboutNaturalKey(attempted.fields, duplicates.naturalKey)) throw attempted.error
      return explainDuplicate(plan, duplicates, input, context)
    })
}

function settle<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  { request }: Pending<Native>,
  input: Input,
  outcome: Outcome<Row> | Rejection,
): Settlement<Handled> {
  if (outcome.kind === 'rejected') return rollBack(outcome)
  const built = buildAnswer(plan, outcome, request, input)
  if (built.kind === 'rejected') return rollBack(built)
  // What the library sets is all replayable; only an author's headers have to be sorted.
  const answer = outcome.headers === undefined ? built.answer : recordable(built.answer)
  return { kind: 'commit', result: built, answer }
}

/** Keeps nothing. */
export function rollBack(result: Rejection): Settlement<Handled> {
  return { kind: 'roll-back', result }
}
