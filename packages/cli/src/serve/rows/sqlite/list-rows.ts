import type { SqliteStore, SqliteValue } from '@createonce/server/sqlite'
import { filterTexts } from '../filter-texts.ts'
import { keptText } from '../kept-text.ts'
import { ownerText, parentsText } from '../place-texts.ts'
import type { ListQuery, Page, Place, Table } from '../rows.ts'
import { tableNames } from '../table-names.ts'
import { toRow } from './to-row.ts'

// By each member instead of by a path: a path of SQLite cannot name every member.
const EQUAL = `exists (select 1 from json_each(state) as member where member.key = ? and case member.type
    when 'integer' then cast(member.value as real) = cast(? as real) when 'real' then member.value = cast(? as real)
    when 'object' then false when 'array' then false
    when 'text' then member.value = ? else member.type = ? end)`

/** A page of what is committed. */
export function listRows(read: SqliteStore['read'], table: Table, place: Place, query: ListQuery): Page {
  const { table: name } = tableNames(table)
  const { filters, limit, before = Number.MAX_SAFE_INTEGER, offset = 0 } = query
  const conditions = ['owner = ? and parents = ?']
  const values: SqliteValue[] = [ownerText(place), parentsText(place)]
  for (const filter of filters) {
    if (filter.member === 'id') {
      conditions.push('id = ?')
      values.push(keptText(filter.value))
      continue
    }
    const { member, text, number } = filterTexts(filter)
    conditions.push(EQUAL)
    values.push(member, number, number, text, text)
  }
  const where = conditions.join(' and ')
  const rows = read
    .prepare(`select seq, id, state from ${name} where ${where} and seq < ? order by seq desc limit ? offset ?`)
    .all(...values, before, limit + 1, offset)
  const counted = read.prepare(`select count(*) as total from ${name} where ${where}`).get(...values)
  return { rows: rows.slice(0, limit).map(toRow), hasMore: rows.length > limit, total: Number(counted!['total']) }
}
