import { type Attempt, accepted } from './attempt.ts'
import { itemOperation } from './item-operation.ts'
import { itemResults } from './item-results.ts'
import type { Ledger } from './ledger.ts'
import type { Operation } from './operation.ts'
import { recordFound } from './record-found.ts'

/** Writes down what an accepted batch made, as far as its answer names it. */
export function recordBatch(
  attempt: Attempt,
  operation: Operation,
  parents: Readonly<Record<string, string>>,
  ledger: Ledger,
): void {
  if (!accepted(attempt)) return
  const { id: exchange } = attempt.answer
  const { creation } = operation
  ledger.add({ creation: creation.id, depth: creation.parents.length, exchange, removable: false })
  for (const { failed, value } of itemResults(attempt.json) ?? [])
    if (!failed) recordFound(value, exchange, itemOperation(operation), parents, ledger)
}
