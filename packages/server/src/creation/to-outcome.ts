import { type Rejection, rejected } from './rejection.ts'
import type { FlaskTuple, Result, ResultHeaders } from './result.ts'

/** A row to answer with, and whether this request brought it into being. */
export interface Outcome<Row> {
  readonly kind: 'created' | 'existing'
  readonly row: Row
  readonly headers: ResultHeaders | undefined
}

/** Reads what `create` returned. What is no result at all is a fault of the author's and throws. */
export function toOutcome<Row>(result: Result<Row>, invalidStatus: 400 | 422): Outcome<Row> | Rejection {
  if (isTuple(result)) {
    const [row, status, headers] = result
    if (status !== 200 && status !== 201) {
      throw new TypeError(
        `create() returned [body, ${status}]: only 201 (created) and 200 (existing) are outcomes of a creation.`,
      )
    }
    return { kind: status === 201 ? 'created' : 'existing', row, headers }
  }
  switch (result?.kind) {
    case 'created':
    case 'existing':
      return result
    case 'parent-not-found':
      return rejected('parent-not-found', result.detail)
    case 'invalid':
      return rejected('invalid-input', 'The input breaks a rule.', {
        status: invalidStatus,
        members: { errors: result.errors },
      })
    default:
      throw new TypeError('create() returned no result: return created(row), existing(row), or [body, 201, headers].')
  }
}

function isTuple<Row>(result: Result<Row>): result is FlaskTuple<Row> {
  return Array.isArray(result)
}
