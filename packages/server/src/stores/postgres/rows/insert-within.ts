import type { DeclaredRow, RowInserted, Session } from '../../../idempotency/store.ts'
import { databaseError } from '../database-error.ts'
import type { Connection } from '../driver.ts'
import { textLiteral } from '../literals.ts'
import { columnList, type Shape } from './shape.ts'
import { valueText } from './value-text.ts'

const FOREIGN_KEY_VIOLATION = '23503'

/** Inserts one declared row as a part of a transaction, behind a savepoint; tells which rule is broken. */
export async function insertWithin(
  connection: Pick<Connection<unknown>, 'run'>,
  attempt: Session<unknown>['attempt'],
  shape: Shape,
  row: DeclaredRow,
): Promise<RowInserted> {
  // Inside the transaction, which is rolled back where a value has no form.
  const values = shape.columns.map(({ name, type }) => {
    const text = valueText(row.values[name], name)
    return text === null ? 'null' : `${textLiteral(text)}::${type}`
  })
  const sql = `insert into ${shape.facts.name} (${columnList(shape)}) values (${values}) returning *`
  try {
    const attempted = await attempt(() => connection.run(sql))
    if (attempted.kind === 'conflict') return { kind: 'taken', fields: attempted.fields }
    return { kind: 'inserted', row: shape.isBatchable ? row.values : attempted.value.rows[0]! }
  } catch (error) {
    const fault = databaseError(error)
    if (fault?.code !== FOREIGN_KEY_VIOLATION) throw error
    const reference = shape.facts.references.find(({ constraint }) => constraint === fault.constraint)
    return { kind: 'orphan', fields: reference?.columns ?? [] }
  }
}
