import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import type { Claimed, DeclaredRow, Settlement } from '../idempotency/store.ts'
import { buildAnswer } from './build-answer.ts'
import { type CreateContext, createContext } from './create-context.ts'
import { rollBack } from './execute.ts'
import { explainDuplicate } from './explain-duplicate.ts'
import type { Handled } from './handled.ts'
import { checkAccept } from './headers/check-request-headers.ts'
import { newId } from './new-id.ts'
import type { Pending } from './pending.ts'
import type { Plan } from './plan.ts'
import { type Rejection, rejected } from './rejection.ts'
import { isAboutNaturalKey } from './settings/duplicate-policy.ts'
import type { Outcome } from './to-outcome.ts'
import { type Validated, validate } from './validate.ts'

/**
 * A declared row: everything is checked and the whole answer is built before the store is asked, and the store writes
 * row and record with one statement, many at once. Only what is refused needs a second question.
 */
export function executeInsert<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
): MaybePromise<Claimed<Handled>> {
  const refusal = checkAccept(pending.request)
  if (refusal !== undefined) return refuse(plan, pending, refusal)
  const validating = validate(plan.settings, pending.body, plan.invalidStatus)
  return andThen(validating, (input) => insertValid(plan, pending, input))
}

function insertValid<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  input: Validated<Input>,
): Promise<Claimed<Handled>> {
  if (input.kind === 'rejected') return refuse(plan, pending, input)
  const { request, claim } = pending
  const declared = declaredRow(plan, pending, input.value)
  const build = (row: Readonly<Record<string, unknown>>): Settlement<Handled> => {
    const built = buildAnswer(plan, { kind: 'created', row: row as Row, headers: undefined }, request, input.value)
    if (built.kind === 'rejected') return rollBack(built)
    return { kind: 'commit', result: built, answer: built.answer }
  }
  const inserting = plan.settings.store.insert!(claim, declared, build)
  return inserting.then((inserted) => {
    switch (inserted.kind) {
      case 'taken':
        return duplicate(plan, pending, input.value, inserted.fields)
      case 'orphan':
        return { kind: 'executed', result: orphan(plan, pending, inserted.fields) }
      default:
        return inserted
    }
  })
}

/** The look-up comes before a refusal: a request that was completed once is replayed, however the schema changed. */
function refuse<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  { claim }: Pending<Native>,
  refusal: Rejection,
): Promise<Claimed<Handled>> {
  return plan.settings.store.once(claim, () => rollBack(refusal))
}

/** The row that an input declares. */
export function declaredRow<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  input: Input,
): DeclaredRow {
  const { table, values } = plan.settings.insert!
  return { table, values: values(input, insertContext(plan, pending)) as Record<string, unknown> }
}

function insertContext<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  { request, principal }: Pending<Native>,
) {
  const now = plan.time.now()
  const { params, requestId, native } = request
  return { principal, params, requestId, request: native, now: new Date(now), newId: () => newId(now) }
}

/**
 * Another row has the same unique values. It is looked up in a transaction, under the claim: a 200 is recorded, and if
 * the other row was this very request's (another process, an answer that was lost) its record is found first.
 */
function duplicate<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  input: Input,
  fields: readonly string[],
): Promise<Claimed<Handled>> {
  const { request, claim } = pending
  return plan.settings.store.once(claim, async (session) => {
    const outcome = await explainTaken(plan, fields, input, createContext(pending, session))
    const built = outcome.kind === 'rejected' ? outcome : buildAnswer(plan, outcome, request, input)
    if (built.kind === 'rejected') return rollBack(built)
    return { kind: 'commit', result: built, answer: built.answer }
  })
}

/** Whose unique values a declared row has; a rule that is no natural key of the creation is a fault. */
export function explainTaken<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  fields: readonly string[],
  input: Input,
  context: CreateContext<Tx, Native>,
): Promise<Outcome<Row> | Rejection> {
  const { duplicates, operation } = plan.settings
  if (duplicates === 'allow' || !isAboutNaturalKey(fields, duplicates.naturalKey)) {
    throw new Error(
      `${operation}: a unique rule of ${fields.join(', ') || 'the table'} is broken, which is no natural key of this creation.`,
    )
  }
  return explainDuplicate(plan, duplicates, input, context)
}

/** A referenced row does not exist: the parent, if the path names it, else something that the client sent. */
export function orphan<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  { request }: Pending<Native>,
  fields: readonly string[],
): Rejection {
  const params = Object.keys(request.params)
  if (fields.length === 0 || isAboutNaturalKey(fields, params)) {
    return rejected('parent-not-found', 'The resource that it belongs to does not exist.')
  }
  return rejected('invalid-input', 'One member is not valid.', {
    status: plan.invalidStatus,
    members: { errors: fields.map((field) => ({ pointer: `/${field}`, detail: 'refers to nothing that exists' })) },
  })
}
