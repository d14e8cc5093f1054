import { meantJson } from '../kept-json.ts'
import { meantText } from '../kept-text.ts'
import type { Row, State } from '../rows.ts'
import type { PgRow } from './pg.ts'

/** A row of the table as a resource. */
export function toRow(row: PgRow): Row {
  return {
    id: meantText(String(row['id'])),
    seq: Number(row['seq']),
    state: JSON.parse(meantJson(String(row['state']))) as State,
  }
}
