import { createHash } from 'node:crypto'
import { identifier, timeLiteral } from '../literals.ts'
import { arrayLiteral } from './array-literal.ts'
import type { BatchEntry } from './batch-entry.ts'
import { columnList, type Shape } from './shape.ts'

/** What writes a batch. */
export interface BatchText {
  /** What this connection has to prepare before, or nothing: a message of its own, so that its end is known. */
  readonly prepare: string
  /** The batch with its COMMIT, to follow BEGIN. */
  readonly execute: string
}

/** The texts that write a batch. `prepared` is what the connection knows, and learns. */
export interface BatchStatements {
  /** Two plain inserts. The first entry that does not fit fails all of them. */
  hopeful(entries: readonly BatchEntry[], prepared: Set<string>): BatchText
  /** One statement that keeps the entries that fit, and answers a row (`place`, `state`) for each one that does not. */
  careful(entries: readonly BatchEntry[], prepared: Set<string>): BatchText
}

const RECORD = [
  ['id', 'uuid'],
  ['scope', 'text'],
  ['key', 'text'],
  ['fingerprint', 'text'],
  ['status', 'smallint'],
  ['headers', 'text'],
  ['body', 'text'],
  ['expires_at', 'timestamptz'],
] as const

// A batch must not wait long for one of its rows: whoever holds the lock is done within this time, or the row is tried
// alone, with the patience that is its own.
const LOCK_MS = 100

/** Writes the statements for rows of one shape, beside the records of a schema. */
export function createBatchStatements(shape: Shape, schema: string, isPrepared: boolean): BatchStatements {
  const records = `${identifier(schema)}.record`
  const recordColumns = RECORD.map(([name]) => name).join(', ')
  const recordTypes = RECORD.map(([, type]) => `${type}[]`)
  const rowTypes = shape.columns.map(({ type }) => `${type}[]`)
  const own = shape.columns.map((_, index) => `c${index}`)

  const keepRecords = define('records', [...recordTypes, 'timestamptz'], (...given) => {
    const now = given.at(-1)
    return `insert into ${records} (${recordColumns}, created_at)
      select ${RECORD.map(([name]) => `i.${name}`).join(', ')}, ${now} from unnest(${given.slice(0, -1)}) i(${recordColumns})`
  })
  const keepRows = define('rows', rowTypes, (...given) => {
    return `insert into ${shape.facts.name} (${columnList(shape)}) select ${own} from unnest(${given}) i(${own})`
  })
  // Rows first, and records only for the rows that were inserted: a record without its row would answer for nothing.
  // The records are inserted without ON CONFLICT, so that a race on a key aborts the statement: with it, a row would
  // be kept whose key another request has.
  const keepFitting = define('fitting', [...recordTypes, ...rowTypes, 'timestamptz'], (...given) => {
    const now = given.at(-1)
    const key = shape.facts.primaryKey.map((name) => shape.columns.findIndex((column) => column.name === name))
    return `with input as materialized (
        select * from unnest(${given.slice(0, -1)}) with ordinality i(${recordColumns}, ${own}, place)),
      judged as materialized (
        select i.*, case
          when exists (select from ${records} r where r.id = i.id) then 'known'
          ${shape.references.map(orphanCase).join(' ')}
          else 'fits' end as state from input i),
      kept as (
        insert into ${shape.facts.name} (${columnList(shape)}) select ${own} from judged where state = 'fits'
        ${shape.order.length > 0 ? `order by ${shape.order.map((index) => own[index])}` : ''}
        on conflict do nothing returning ${shape.facts.primaryKey.map((name, index) => `${identifier(name)} as k${index}`)}),
      noted as (
        insert into ${records} (${recordColumns}, created_at)
        select ${RECORD.map(([name]) => `j.${name}`)}, ${now} from judged j
        join kept k on ${key.map((index, at) => `k.k${at} = j.c${index}`).join(' and ')}
        where j.state = 'fits' and j.id is not null order by j.id)
      select j.place::int as place, case j.state when 'fits' then 'taken' else j.state end as state from judged j
      left join kept k on ${key.map((index, at) => `k.k${at} = j.c${index}`).join(' and ')}
      where j.state <> 'fits' or k.k0 is null`
  })

  function orphanCase({ columns, table, targets }: Shape['references'][number], place: number): string {
    const values = columns.map((name) => `i.c${shape.columns.findIndex((column) => column.name === name)}`)
    const isSet = values.map((value) => `${value} is not null`).join(' and ')
    const isSame = targets.map((target, index) => `p.${identifier(target)} = ${values[index]}`).join(' and ')
    return `when ${isSet} and not exists (select from ${table} p where ${isSame}) then 'orphan ${place}'`
  }

  function define(name: string, types: readonly string[], write: (...values: string[]) => string) {
    const text = write(...types.map((_, index) => `$${index + 1}`))
    const full = `createonce_${name}_${createHash('sha256').update(`${types} ${text}`).digest('hex').slice(0, 12)}`
    return (prepared: Set<string>, values: readonly string[]): BatchText => {
      if (!isPrepared) {
        return { prepare: '', execute: write(...values.map((value, index) => `${value}::${types[index]}`)) }
      }
      const prepare = prepared.has(full) ? '' : `prepare ${full}(${types}) as ${text};`
      prepared.add(full)
      return { prepare, execute: `execute ${full}(${values})` }
    }
  }

  const bounded = (...texts: readonly BatchText[]): BatchText => ({
    prepare: texts.map(({ prepare }) => prepare).join(''),
    execute: `select set_config('lock_timeout', '${LOCK_MS}', true);${texts.map(({ execute }) => execute).join(';')};commit`,
  })

  return {
    hopeful(entries, prepared) {
      const rows = keepRows(prepared, rowArrays(inOrder(entries, shape), own.length))
      const claimed = entries.filter(({ record }) => record !== undefined).sort(byId)
      if (claimed.length === 0) return bounded(rows)
      return bounded(keepRecords(prepared, [...recordArrays(claimed), timeLiteral(entries[0]!.now)]), rows)
    },
    careful: (entries, prepared) =>
      bounded(
        keepFitting(prepared, [
          ...recordArrays(entries),
          ...rowArrays(entries, own.length),
          timeLiteral(entries[0]!.now),
        ]),
      ),
  }
}

/** In the order of the natural key: two batches that want the same values then wait one way only, and cannot deadlock. */
function inOrder(entries: readonly BatchEntry[], { order }: Shape): readonly BatchEntry[] {
  if (entries.length === 1 || order.length === 0) return entries
  const keyed = entries.map((entry) => ({ entry, key: order.map((index) => entry.row[index] ?? '').join('\0') }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry)
}

function byId(one: BatchEntry, other: BatchEntry): number {
  return one.record!.id < other.record!.id ? -1 : 1
}

function rowArrays(entries: readonly BatchEntry[], width: number): string[] {
  return Array.from({ length: width }, (_, index) => arrayLiteral(entries.map(({ row }) => row[index]!)))
}

function recordArrays(entries: readonly BatchEntry[]): string[] {
  return [
    arrayLiteral(entries.map(({ record }) => record?.id ?? null)),
    arrayLiteral(entries.map(({ record }) => record?.claim.scope ?? null)),
    arrayLiteral(entries.map(({ record }) => record?.claim.key ?? null)),
    arrayLiteral(entries.map(({ record }) => record?.claim.fingerprint ?? null)),
    arrayLiteral(entries.map(({ record }) => (record === undefined ? null : String(record.answer.status)))),
    arrayLiteral(entries.map(({ record }) => (record === undefined ? null : JSON.stringify(record.answer.headers)))),
    arrayLiteral(entries.map(({ record }) => record?.answer.body ?? null)),
    arrayLiteral(entries.map(({ record }) => (record === undefined ? null : record.expires))),
  ]
}
