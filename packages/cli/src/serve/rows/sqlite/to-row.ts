import type { SqliteRow } from '@createonce/server/sqlite'
import { meantJson } from '../kept-json.ts'
import { meantText } from '../kept-text.ts'
import type { Row, State } from '../rows.ts'

/** A row of the table as a resource. */
export function toRow({ seq, id, state }: SqliteRow): Row {
  return {
    id: meantText(String(id)),
    seq: Number(seq),
    state: JSON.parse(meantJson(String(state))) as State,
  }
}
