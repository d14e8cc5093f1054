import type { Session } from '../../idempotency/store.ts'
import { createContext } from '../create-context.ts'
import { runCreate } from '../execute.ts'
import { declaredRow, explainTaken, orphan } from '../execute-insert.ts'
import type { Pending } from '../pending.ts'
import type { Plan } from '../plan.ts'
import type { Rejection } from '../rejection.ts'
import type { Outcome } from '../to-outcome.ts'

/** What became of one item; after `isLast` the database takes no further one. */
export interface ItemOutcome<Row> {
  readonly outcome: Outcome<Row> | Rejection
  readonly isLast?: boolean
}

/** Creates one item of a batch inside its transaction, in the way that the creation is written. */
export async function createItem<Input, Row, Tx, Native>(
  plan: Plan<Input, Row, Tx, Native>,
  pending: Pending<Native>,
  session: Session<Tx>,
  input: Input,
): Promise<ItemOutcome<Row>> {
  const context = createContext(pending, session)
  if (plan.settings.insert === undefined) return { outcome: await runCreate(plan, input, context, session) }
  if (session.insert === undefined) {
    throw new TypeError(`The store ${plan.settings.store.name} inserts no declared rows inside a transaction.`)
  }
  const inserted = await session.insert(declaredRow(plan, pending, input))
  switch (inserted.kind) {
    case 'inserted':
      return { outcome: { kind: 'created', row: inserted.row as Row, headers: undefined } }
    case 'taken':
      return { outcome: await explainTaken(plan, inserted.fields, input, context) }
    case 'orphan':
      return { outcome: orphan(plan, pending, inserted.fields), isLast: true }
  }
}
