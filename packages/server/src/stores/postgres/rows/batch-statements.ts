import { identifier, timeText } from '../literals.ts'
import { defineStatement, type Step, type Value } from '../statement.ts'
import type { BatchEntry } from './batch-entry.ts'
import { columnList, type Shape } from './shape.ts'

/** The steps that write a batch, to be a transaction of their own. */
export interface BatchStatements {
  /** Plain inserts. The first entry that does not fit fails all of them. */
  hopeful(entries: readonly BatchEntry[]): readonly Step[]
  /** One statement that keeps the entries that fit, and answers a row (`place`, `state`) for each one that does not. */
  careful(entries: readonly BatchEntry[]): readonly Step[]
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

const RECORD_COLUMNS = RECORD.map(([name]) => name).join(', ')
const RECORD_TYPES = RECORD.map(([, type]) => type)

// A batch must not wait long for one of its rows: whoever holds the lock is done within this time, or the row is tried
// alone, with the patience that is its own.
const LOCK_MS = 100
const BOUND = `set_config('lock_timeout', '${LOCK_MS}', true)`

/** Writes the statements for rows of one shape, beside the records of a schema. */
export function createBatchStatements(shape: Shape, schema: string, isPrepared: boolean): BatchStatements {
  const records = `${identifier(schema)}.record`
  const rows = `${shape.facts.name} (${columnList(shape)})`
  const types = shape.columns.map(({ type }) => type)
  const own = shape.columns.map((_, index) => `c${index}`)
  const arrays = (names: readonly string[]): string[] => names.map((name) => `${name}[]`)

  // One row, with the bound and its record, in one statement: what has little company must not pay for company. The
  // bound is read before the first row is made.
  const keepOne = define('one', types, (...given) => `insert into ${rows} select ${given} from ${BOUND}`)
  const keepClaimed = define('claimed', [...types, ...RECORD_TYPES, 'timestamptz'], (...given) => {
    const [row, record] = [given.slice(0, types.length), given.slice(types.length)]
    return `with noted as (insert into ${records} (${RECORD_COLUMNS}, created_at) values (${record}))
      insert into ${rows} select ${row} from ${BOUND}`
  })

  const bound = define('bound', [], () => `select ${BOUND}`)
  const keepRecords = define('records', [...arrays(RECORD_TYPES), 'timestamptz'], (...given) => {
    return `insert into ${records} (${RECORD_COLUMNS}, created_at)
      select ${RECORD.map(([name]) => `i.${name}`).join(', ')}, ${given.at(-1)} from unnest(${given.slice(0, -1)}) i(${RECORD_COLUMNS})`
  })
  const keepRows = define(
    'rows',
    arrays(types),
    (...given) => `insert into ${rows} select ${own} from unnest(${given}) i(${own})`,
  )

  // Rows first, and records only for the rows that were inserted: a record without its row would answer for nothing.
  // The records are inserted without ON CONFLICT, so that a race on a key aborts the statement: with it, a row would
  // be kept whose key another request has.
  const keepFitting = define(
    'fitting',
    [...arrays(RECORD_TYPES), ...arrays(types), 'timestamptz'],
    (...given) => {
      const now = given.at(-1)
      const key = shape.facts.primaryKey.map((name) => shape.columns.findIndex((column) => column.name === name))
      return `with input as materialized (
        select * from unnest(${given.slice(0, -1)}) with ordinality i(${RECORD_COLUMNS}, ${own}, place)),
      judged as materialized (
        select i.*, case
          when exists (select from ${records} r where r.id = i.id) then 'known'
          ${shape.references.map(orphanCase).join(' ')}
          else 'fits' end as state from input i),
      kept as (
        insert into ${rows} select ${own} from judged where state = 'fits'
        ${shape.order.length > 0 ? `order by ${shape.order.map((index) => own[index])}` : ''}
        on conflict do nothing returning ${shape.facts.primaryKey.map((name, index) => `${identifier(name)} as k${index}`)}),
      noted as (
        insert into ${records} (${RECORD_COLUMNS}, created_at)
        select ${RECORD.map(([name]) => `j.${name}`)}, ${now} from judged j
        join kept k on ${key.map((index, at) => `k.k${at} = j.c${index}`).join(' and ')}
        where j.state = 'fits' and j.id is not null order by j.id)
      select j.place::text as place, case j.state when 'fits' then 'taken' else j.state end as state from judged j
      left join kept k on ${key.map((index, at) => `k.k${at} = j.c${index}`).join(' and ')}
      where j.state <> 'fits' or k.k0 is null`
    },
    ['place', 'state'],
  )

  function orphanCase({ columns, table, targets }: Shape['references'][number], place: number): string {
    const values = columns.map((name) => `i.c${shape.columns.findIndex((column) => column.name === name)}`)
    const isSet = values.map((value) => `${value} is not null`).join(' and ')
    const isSame = targets.map((target, index) => `p.${identifier(target)} = ${values[index]}`).join(' and ')
    return `when ${isSet} and not exists (select from ${table} p where ${isSame}) then 'orphan ${place}'`
  }

  function define(
    name: string,
    parameters: readonly string[],
    write: (...given: string[]) => string,
    columns: readonly string[] = [],
  ): (...values: readonly Value[]) => Step {
    return defineStatement({ name, types: parameters, columns, isPrepared }, write)
  }

  return {
    hopeful(entries) {
      if (entries.length === 1) {
        const { row, record, now } = entries[0]!
        return [record === undefined ? keepOne(...row) : keepClaimed(...row, ...recordValues(record), timeText(now))]
      }
      const ordered = keepRows(...rowArrays(inOrder(entries, shape), own.length))
      const claimed = entries.filter(({ record }) => record !== undefined).sort(byId)
      if (claimed.length === 0) return [bound(), ordered]
      return [bound(), ordered, keepRecords(...recordArrays(claimed), timeText(entries[0]!.now))]
    },
    careful: (entries) => [
      bound(),
      keepFitting(...recordArrays(entries), ...rowArrays(entries, own.length), timeText(entries[0]!.now)),
    ],
  }
}

/** In the order of the natural key: two batches that want the same values then wait one way only, and cannot deadlock. */
function inOrder(entries: readonly BatchEntry[], { order }: Shape): readonly BatchEntry[] {
  if (order.length === 0) return entries
  const keyed = entries.map((entry) => ({ entry, key: order.map((index) => entry.row[index] ?? '').join('\0') }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry)
}

function byId(one: BatchEntry, other: BatchEntry): number {
  return one.record!.id < other.record!.id ? -1 : 1
}

function rowArrays(entries: readonly BatchEntry[], width: number): Value[] {
  return Array.from({ length: width }, (_, index) => entries.map(({ row }) => row[index]!))
}

function recordArrays(entries: readonly BatchEntry[]): Value[] {
  const arrays = RECORD.map((): (string | null)[] => [])
  for (const { record } of entries) {
    const values = record === undefined ? undefined : recordValues(record)
    for (const [index, array] of arrays.entries()) array.push(values?.[index] ?? null)
  }
  return arrays
}

/** The values of a record in the order of its columns. */
function recordValues({ id, claim, answer, expires }: NonNullable<BatchEntry['record']>): (string | null)[] {
  return [
    id,
    claim.scope,
    claim.key,
    claim.fingerprint,
    String(answer.status),
    JSON.stringify(answer.headers),
    answer.body ?? null,
    expires,
  ]
}
