import type { DeclaredRow, Session, Settlement } from '../../../idempotency/store.ts'
import type { Connection } from '../driver.ts'
import { insertWithin } from './insert-within.ts'
import type { Shape } from './shape.ts'

/** What became of a row in a transaction of its own. */
export type Alone<Result> =
  | { readonly kind: 'executed'; readonly result: Result }
  | { readonly kind: 'taken'; readonly fields: readonly string[] }
  | { readonly kind: 'orphan'; readonly fields: readonly string[] }

/**
 * The work of a transaction for one declared row: where the database completes the row, where a batch found that
 * something is wrong with it, and where the record of a claim has expired. Tells which rule is broken.
 */
export function insertAlone<Result>(
  connection: Pick<Connection<unknown>, 'run'>,
  shape: Shape,
  row: DeclaredRow,
  build: (values: Readonly<Record<string, unknown>>) => Settlement<Result>,
): (session: Session<unknown>) => Promise<Settlement<Alone<Result>>> {
  return async ({ attempt }) => {
    const inserted = await insertWithin(connection, attempt, shape, row)
    if (inserted.kind !== 'inserted') return { kind: 'roll-back', result: inserted }
    const settlement = build(inserted.row)
    const result = { kind: 'executed', result: settlement.result } as const
    return settlement.kind === 'commit' ? { ...settlement, result } : { kind: 'roll-back', result }
  }
}
