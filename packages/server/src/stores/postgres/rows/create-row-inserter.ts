import type {
  Claim,
  Claimed,
  DeclaredRow,
  Inserted,
  RowInserted,
  Session,
  Settlement,
} from '../../../idempotency/store.ts'
import { StoreUnavailableError } from '../../../idempotency/store-errors.ts'
import type { Time } from '../../../idempotency/time.ts'
import type { StoreWatch } from '../../../observe/watch-store.ts'
import { claimId } from '../claim-id.ts'
import type { Connection } from '../driver.ts'
import type { Lender } from '../lender.ts'
import { timeText } from '../literals.ts'
import type { BatchEntry } from './batch-entry.ts'
import { createBatchStatements } from './batch-statements.ts'
import { type Batcher, createBatcher } from './batcher.ts'
import { type Alone, insertAlone } from './insert-alone.ts'
import { insertWithin } from './insert-within.ts'
import { type Shape, toShape } from './shape.ts'
import { readTableFacts, type TableFacts } from './table-facts.ts'
import { valueText } from './value-text.ts'

type Build<Result> = (values: Readonly<Record<string, unknown>>) => Settlement<Result>

/** Runs work for one row in a transaction of its own; `unanswered` is what a COMMIT without an answer may have kept. */
export type RunAlone = <Result>(
  claim: Claim | undefined,
  work: (connection: Connection<unknown>) => ReturnType<typeof insertAlone<Result>>,
  unanswered: (Settlement<Alone<Result>> & { kind: 'commit' }) | undefined,
) => Promise<Claimed<Alone<Result>>>

/** Rows of one table with the same columns, in the same order. */
interface Shaped {
  readonly names: readonly string[]
  readonly shape: Shape
  readonly batcher: Batcher
}

/** What the inserter works with. */
export interface RowSurroundings {
  readonly lender: Lender<unknown>
  readonly runAlone: RunAlone
  readonly schema: string
  readonly isPrepared: boolean
  readonly maxWaiting: number
  readonly holdMs: number
  readonly time: Time
  readonly watch?: StoreWatch | undefined
}

/** Declared rows of one database. */
export interface RowInserter {
  readonly insert: InsertRow
  /** Inserts one row as a part of a transaction over its connection. */
  within(connection: Connection<unknown>, attempt: Session<unknown>['attempt'], row: DeclaredRow): Promise<RowInserted>
}

/** Inserts one row; `refuse` answers, after a look at the claim, what was decided before anything was sent. */
export type InsertRow = <Result>(
  claim: Claim | undefined,
  row: DeclaredRow,
  build: Build<Result>,
  refuse: (settlement: Settlement<Result>) => Promise<Claimed<Result>>,
) => Promise<Inserted<Result>>

/** Declared rows of one database: together where it can be, alone where it must be. */
export function createRowInserter(surroundings: RowSurroundings): RowInserter {
  const { lender, runAlone, schema, isPrepared, maxWaiting, holdMs, time, watch } = surroundings
  const tables = new Map<string, Promise<TableFacts>>()
  const shapes = new Map<string, readonly Shaped[]>()

  async function factsOf(table: string): Promise<TableFacts> {
    let reading = tables.get(table)
    if (reading === undefined) {
      reading = readFacts(table)
      tables.set(table, reading)
      // What was missing may be created later.
      reading.catch(() => tables.delete(table))
    }
    return reading
  }

  async function readFacts(table: string): Promise<TableFacts> {
    const connection = await lender.lend()
    if (connection === 'busy') throw new StoreUnavailableError('No connection is free to read the catalogue.')
    try {
      return await readTableFacts(connection, table)
    } finally {
      connection.release()
    }
  }

  /** Rows of one creation nearly always have the same columns, so what was found last is looked at first. */
  function shapeOf({ table, values }: DeclaredRow): Shaped | Promise<Shaped> {
    const known = shapes.get(table) ?? []
    return known.find(({ names }) => hasColumns(values, names)) ?? makeShape(table, values)
  }

  async function makeShape(table: string, values: DeclaredRow['values']): Promise<Shaped> {
    return toShaped(table, values, await factsOf(table))
  }

  function toShaped(table: string, values: DeclaredRow['values'], facts: TableFacts): Shaped {
    const known = shapes.get(table) ?? []
    const names = Object.keys(values).filter((name) => values[name] !== undefined)
    // Another row may have made it meanwhile.
    const made = known.find((one) => hasColumns(values, one.names))
    if (made !== undefined) return made
    const shape = toShape(table, facts, names)
    const batcher = createBatcher(lender, createBatchStatements(shape, schema, isPrepared), {
      maxWaiting,
      holdMs,
      time,
      watch,
    })
    const shaped = { names, shape, batcher }
    shapes.set(table, [shaped, ...known])
    return shaped
  }

  /** The catalogue is read over the transaction's own connection: there may be no other, nor one to wait for. */
  const within: RowInserter['within'] = async (connection, attempt, row) => {
    const known = shapes.get(row.table)?.find(({ names }) => hasColumns(row.values, names))
    const { shape } = known ?? toShaped(row.table, row.values, await readTableFacts(connection, row.table))
    return insertWithin(connection, attempt, shape, row)
  }

  const insert: InsertRow = async <Result>(
    claim: Claim | undefined,
    row: DeclaredRow,
    build: Build<Result>,
    refuse: (settlement: Settlement<Result>) => Promise<Claimed<Result>>,
  ): Promise<Inserted<Result>> => {
    const found = shapeOf(row)
    const { shape, batcher } = found instanceof Promise ? await found : found
    const alone = async (unanswered?: Settlement<Result> & { kind: 'commit' }): Promise<Inserted<Result>> => {
      const lost = unanswered && { ...unanswered, result: { kind: 'executed', result: unanswered.result } as const }
      const claimed = await runAlone(claim, (connection) => insertAlone(connection, shape, row, build), lost)
      return claimed.kind === 'executed' ? claimed.result : claimed
    }
    if (!shape.isBatchable) return alone()

    const settlement = build(row.values)
    if (settlement.kind === 'roll-back') return refuse(settlement)
    const outcome = await batcher.add(toEntry(claim, row, shape, settlement))
    switch (outcome.kind) {
      case 'kept':
        return { kind: 'executed', result: settlement.result }
      case 'taken':
        return { kind: 'taken', fields: [] }
      case 'orphan':
        return { kind: 'orphan', fields: shape.references[outcome.reference]!.columns }
      case 'busy':
        return { kind: 'overloaded', retryAfterMs: 1_000 }
      case 'unknown':
        if (claim !== undefined) return alone(settlement)
        throw new StoreUnavailableError(
          'The answer of COMMIT was lost. Without a key nobody can find out whether it was kept.',
          {
            cause: outcome.error,
          },
        )
      case 'alone':
        return alone()
    }
  }

  return { insert, within }

  function toEntry<Result>(
    claim: Claim | undefined,
    row: DeclaredRow,
    shape: Shape,
    settlement: Settlement<Result> & { kind: 'commit' },
  ): BatchEntry {
    const now = time.now()
    return {
      row: shape.columns.map(({ name }) => valueText(row.values[name], name)),
      now,
      record: claim && {
        id: claimId(claim, schema).uuid,
        claim,
        answer: settlement.answer,
        expires: timeText(now + claim.retentionMs),
      },
    }
  }
}

function hasColumns(values: DeclaredRow['values'], names: readonly string[]): boolean {
  let place = 0
  for (const name of Object.keys(values)) {
    if (values[name] === undefined) continue
    if (names[place] !== name) return false
    place += 1
  }
  return place === names.length
}
