import type { Session, Settlement } from '../../idempotency/store.ts'
import { buildAnswer } from '../build-answer.ts'
import { type CreateContext, createContext } from '../create-context.ts'
import type { CreationRequest } from '../creation-request.ts'
import { rollBack } from '../execute.ts'
import { explainDuplicate } from '../explain-duplicate.ts'
import type { Handled } from '../handled.ts'
import { checkAccept } from '../headers/check-request-headers.ts'
import type { Pending } from '../pending.ts'
import type { Perform, Plan } from '../plan.ts'
import { type Rejection, rejected } from '../rejection.ts'
import { isAboutNaturalKey } from '../settings/duplicate-policy.ts'
import { type Outcome, toOutcome } from '../to-outcome.ts'
import { validate } from '../validate.ts'
import { answerPut } from './answer-put.ts'
import { type Condition, isExcluded, isMatched, readCondition } from './conditions.ts'
import { nameInput } from './name-input.ts'
import type { PutSettings } from './put-settings.ts'

/** What became of the attempt to create: the resource, that the name is taken (by what the caller may see), or a refusal. */
type Created<Row> = Outcome<Row> | { readonly kind: 'taken'; readonly row: Row | undefined } | Rejection

/** Executes a PUT: the checks that hold without a condition, then the conditions (RFC 9110 §13.2), then the work. */
export function performPut<Input, Row, Tx, Native>(
  put: PutSettings<Input, Row, Tx, Native>,
): Perform<Input, Row, Tx, Native> {
  return (plan, pending) =>
    plan.settings.store.once(pending.claim, (session) => {
      pending.seen.attempts += 1
      return execute(put, plan, pending, session)
    })
}

async function execute<Input, Row, Tx, Native>(
  put: PutSettings<Input, Row, Tx, Native>,
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  session: Session<Tx>,
): Promise<Settlement<Handled>> {
  const { request } = pending
  const refusal = checkAccept(request)
  if (refusal !== undefined) return rollBack(refusal)
  const body = nameInput(pending.body, put.name, request.params[put.name], plan.invalidStatus)
  if (body.kind === 'rejected') return rollBack(body)
  const validated = await validate(put, body, plan.invalidStatus)
  if (validated.kind === 'rejected') return rollBack(validated)
  const doing = new Doing(put, plan, pending, session, validated.value)
  const outcome = await doing.run(
    readCondition(request.headers['if-match']),
    readCondition(request.headers['if-none-match']),
  )
  if (outcome.kind === 'rejected') return rollBack(outcome)
  return answerPut(plan, pending, validated.value, outcome)
}

/** One valid PUT inside its transaction. */
class Doing<Input, Row, Tx, Native> {
  readonly #put: PutSettings<Input, Row, Tx, Native>
  readonly #plan: Plan<Input, Row, Tx, Native>
  readonly #session: Session<Tx>
  readonly #input: Input
  readonly #request: CreationRequest<Native>
  readonly #context: CreateContext<Tx, Native>

  constructor(
    put: PutSettings<Input, Row, Tx, Native>,
    plan: Plan<Input, Row, Tx, Native>,
    pending: Pending<Native>,
    session: Session<Tx>,
    input: Input,
  ) {
    this.#put = put
    this.#plan = plan
    this.#session = session
    this.#input = input
    this.#request = pending.request
    this.#context = createContext(pending, session)
  }

  async run(ifMatch: Condition | undefined, ifNoneMatch: Condition | undefined): Promise<Outcome<Row> | Rejection> {
    const { replace, condition = replace === undefined ? 'required' : 'optional' } = this.#put
    if (ifMatch === undefined && ifNoneMatch === undefined && condition === 'required') return conditionMissing(replace)
    if (ifNoneMatch?.kind === 'malformed') return unmet('If-None-Match cannot be read; nothing was written.')
    // Where nothing may be there, nothing is looked up: the unique rule decides, as in every race.
    const isLookedUp = ifMatch !== undefined || ifNoneMatch?.kind === 'tags' || replace !== undefined
    const row = isLookedUp && ifNoneMatch?.kind !== 'any' ? await this.#find() : undefined
    if (ifMatch !== undefined && (row === undefined || !isMatched(ifMatch, this.#tagOf(row)))) {
      return unmet(row === undefined ? 'Nothing is there that If-Match could match.' : 'If-Match names another state.')
    }
    if (row !== undefined) return this.#meet(row, ifNoneMatch)
    const created = await this.#create()
    return created.kind === 'taken' ? this.#meet(created.row, ifNoneMatch) : created
  }

  /** The name is taken: by the condition it must not be, or it is replaced, or it cannot be. */
  #meet(row: Row | undefined, ifNoneMatch: Condition | undefined): Promise<Outcome<Row> | Rejection> | Rejection {
    const tag = row === undefined ? undefined : this.#tagOf(row)
    if (ifNoneMatch !== undefined && isExcluded(ifNoneMatch, tag)) {
      return unmet('Something is there, which If-None-Match excludes. It was not changed.')
    }
    if (row !== undefined && this.#put.replace !== undefined) return this.#replace(row)
    return rejected('duplicate-resource', 'A resource of this name exists, and it cannot be replaced.', {
      members: { fields: [this.#put.name] },
    })
  }

  async #create(): Promise<Created<Row>> {
    const { create, duplicates, name } = this.#put
    const attempted = await this.#session.attempt(() => create(this.#input, this.#context))
    if (attempted.kind === 'done') {
      const outcome = toOutcome(attempted.value, this.#plan.invalidStatus)
      return outcome.kind === 'existing' ? { kind: 'taken', row: outcome.row } : outcome
    }
    // Several rules may be broken at once, and databases name one: whether the name is taken, a look tells.
    const row = await this.#find()
    const isNamed =
      isAboutNaturalKey(attempted.fields, [name]) && (attempted.fields.length > 0 || duplicates === 'allow')
    if (row !== undefined || isNamed) return { kind: 'taken', row }
    return this.#explain(attempted, duplicates)
  }

  async #replace(row: Row): Promise<Outcome<Row> | Rejection> {
    const { replace, duplicates } = this.#put
    const attempted = await this.#session.attempt(() => replace!(row, this.#input, this.#context))
    if (attempted.kind === 'conflict') return this.#explain(attempted, duplicates)
    const outcome = toOutcome(attempted.value, this.#plan.invalidStatus)
    if (outcome.kind !== 'created') return outcome
    throw new TypeError(`replace() of ${this.#put.operation} returned created(): return replaced(row).`)
  }

  async #explain(
    { fields, error }: { readonly fields: readonly string[]; readonly error: unknown },
    duplicates: PutSettings<Input, Row, Tx, Native>['duplicates'],
  ): Promise<Rejection> {
    if (duplicates === 'allow' || !isAboutNaturalKey(fields, duplicates.naturalKey)) throw error
    const explained = await explainDuplicate(this.#plan, duplicates, this.#input, this.#context)
    const built =
      explained.kind === 'rejected' ? explained : buildAnswer(this.#plan, explained, this.#request, this.#input)
    if (built.kind === 'rejected') return built
    throw error
  }

  async #find(): Promise<Row | undefined> {
    return this.#put.find(this.#request.params[this.#put.name]!, this.#context)
  }

  #tagOf(row: Row): string | undefined {
    const { etag, represent } = this.#plan.settings
    return etag?.(row, represent === undefined ? row : represent(row))
  }
}

function unmet(detail: string): Rejection {
  return rejected('precondition-failed', detail)
}

function conditionMissing(replace: unknown): Rejection {
  const orReplace = replace === undefined ? '' : ', or If-Match with the ETag of what it replaces'
  return rejected('precondition-required', `Send If-None-Match: * to create${orReplace}.`)
}
