import { filterTexts } from '../filter-texts.ts'
import { keptText } from '../kept-text.ts'
import { ownerText, parentsText } from '../place-texts.ts'
import type { ListQuery, Page, Place, Table } from '../rows.ts'
import { tableNames } from '../table-names.ts'
import { ask } from './ask.ts'
import type { PgPool, PgValue } from './pg.ts'
import { toRow } from './to-row.ts'

/** A page of what is committed, and how many there are, of one moment. */
export async function listRows(pool: PgPool, table: Table, place: Place, query: ListQuery): Promise<Page> {
  const { table: name } = tableNames(table)
  const { filters, limit, before, offset = 0 } = query
  const values: PgValue[] = []
  const given = (value: PgValue, type: string): string => `$${values.push(value)}::${type}`
  const conditions = [`owner = ${given(ownerText(place), 'text')}`, `parents = ${given(parentsText(place), 'text')}`]
  for (const filter of filters) {
    if (filter.member === 'id') {
      conditions.push(`id = ${given(keptText(filter.value), 'text')}`)
      continue
    }
    const { member, text, number } = filterTexts(filter)
    const [at, asText] = [`state -> ${given(member, 'text')}`, given(text, 'text')]
    // A number is compared as it was written: all of them were written by JSON.stringify.
    conditions.push(`case json_typeof(${at}) when 'string' then state ->> $${values.length - 1} = ${asText}
      when 'number' then (${at})::text = ${given(number, 'text')}
      when 'object' then false when 'array' then false else (${at})::text = ${asText} end`)
  }
  const where = conditions.join(' and ')
  const from = before === undefined ? '' : `and seq < ${given(before, 'bigint')}`
  const page = `select seq, id, state from ${name} where ${where} ${from} order by seq desc
    limit ${given(limit + 1, 'bigint')} offset ${given(offset, 'bigint')}`
  const rows = await ask(pool, {
    text: `select page.seq, page.id, page.state::text, counted.total
      from (select count(*) as total from ${name} where ${where}) as counted
      left join (${page}) as page on true order by page.seq desc`,
    values,
  })
  const found = rows.filter((row) => row['seq'] !== null)
  return {
    rows: found.slice(0, limit).map(toRow),
    hasMore: found.length > limit,
    total: Number(rows[0]!['total']),
  }
}
