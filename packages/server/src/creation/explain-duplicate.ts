import type { CreateContext } from './create-context.ts'
import type { Plan } from './plan.ts'
import { type Rejection, rejected } from './rejection.ts'
import { existing } from './result.ts'
import type { DuplicateRule } from './settings/duplicate-policy.ts'
import { type Outcome, toOutcome } from './to-outcome.ts'

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
