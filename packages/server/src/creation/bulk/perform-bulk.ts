import type { Claimed, Session, Settlement } from '../../idempotency/store.ts'
import type { Answer } from '../answer.ts'
import { buildAnswer } from '../build-answer.ts'
import { rollBack } from '../execute.ts'
import type { Handled } from '../handled.ts'
import { checkAccept } from '../headers/check-request-headers.ts'
import type { Pending } from '../pending.ts'
import type { Plan } from '../plan.ts'
import { answerBulk } from './answer-bulk.ts'
import { createItem } from './create-item.ts'
import { readItems } from './read-items.ts'
import { type RefusedItem, refuseItems } from './refuse-items.ts'

/** Executes a batch: all of its items are created in one transaction, together with one record, or none is. */
export function performBulk(maxItems: number) {
  return async <Input, Row, Tx, Native>(
    plan: Plan<Input, Row, Tx, Native>,
    pending: Pending<Native>,
  ): Promise<Claimed<Handled>> => {
    const { settings, invalidStatus: status } = plan
    const { claim, request, body, seen } = pending
    // Before the transaction, so that nobody waits for a schema; the look-up of the key comes before the refusal all the same.
    const items = checkAccept(request) ?? (await readItems(settings, body, { maxItems, status }))
    return settings.store.once(claim, (session) => {
      seen.attempts += 1
      return items.kind === 'rejected' ? rollBack(items) : createAll(plan, pending, session, items.inputs)
    })
  }
}

async function createAll<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  session: Session<Tx>,
  inputs: readonly Input[],
): Promise<Settlement<Handled>> {
  const { request } = pending
  // Each item is answered in full; what the client prefers is about the batch.
  const bare = { ...request, headers: {} }
  const answers: Answer[] = []
  const refused: RefusedItem[] = []
  const createdAt = new Map<string, number>()
  for (const [index, input] of inputs.entries()) {
    const { outcome, isLast = false } = await createItem(plan, ofItem(pending, index), session, input)
    const built = outcome.kind === 'rejected' ? outcome : buildAnswer(plan, outcome, bare, input)
    if (built.kind === 'rejected') refused.push({ index, rejection: built })
    else {
      answers.push(built.answer)
      if (built.answer.status === 201) createdAt.set(built.answer.headers['Location']!, index)
    }
    if (isLast) break
  }
  if (refused.length > 0) return rollBack(refuseItems(refused, createdAt))
  const handled = answerBulk(answers, request)
  return { kind: 'commit', result: handled, answer: handled.answer }
}

/** The key for the services that `create` calls must not be the same for two items: they would act once for both. */
function ofItem<Native>(pending: Pending<Native>, index: number): Pending<Native> {
  const { claim } = pending
  // No key of a client has a line break.
  return claim === undefined ? pending : { ...pending, claim: { ...claim, key: `${claim.key}\n${index}` } }
}
