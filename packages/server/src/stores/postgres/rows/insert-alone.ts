import type { DeclaredRow, Session, Settlement } from '../../../idempotency/store.ts'
import { databaseError } from '../database-error.ts'
import type { Connection } from '../driver.ts'
import { textLiteral } from '../literals.ts'
import { columnList, type Shape } from './shape.ts'
import { valueText } from './value-text.ts'

/** What became of a row in a transaction of its own. */
export type Alone<Result> =
  | { readonly kind: 'executed'; readonly result: Result }
  | { readonly kind: 'taken'; readonly fields: readonly string[] }
  | { readonly kind: 'orphan'; readonly fields: readonly string[] }

const FOREIGN_KEY_VIOLATION = '23503'

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
    // Inside the transaction, which is rolled back where a value has no form.
    const values = shape.columns.map(({ name, type }) => {
      const text = valueText(row.values[name], name)
      return text === null ? 'null' : `${textLiteral(text)}::${type}`
    })
    const sql = `insert into ${shape.facts.name} (${columnList(shape)}) values (${values}) returning *`
    try {
      const attempted = await attempt(() => connection.run(sql))
      if (attempted.kind === 'conflict')
        return { kind: 'roll-back', result: { kind: 'taken', fields: attempted.fields } }
      const settlement = build(shape.isBatchable ? row.values : attempted.value.rows[0]!)
      const result = { kind: 'executed', result: settlement.result } as const
      return settlement.kind === 'commit' ? { ...settlement, result } : { kind: 'roll-back', result }
    } catch (error) {
      const fault = databaseError(error)
      if (fault?.code !== FOREIGN_KEY_VIOLATION) throw error
      const reference = shape.facts.references.find(({ constraint }) => constraint === fault.constraint)
      return { kind: 'roll-back', result: { kind: 'orphan', fields: reference?.columns ?? [] } }
    }
  }
}
