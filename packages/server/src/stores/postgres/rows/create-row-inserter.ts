import type { Claim, Claimed, DeclaredRow, Inserted, Settlement } from '../../../idempotency/store.ts'
import { StoreUnavailableError } from '../../../idempotency/store-errors.ts'
import type { Time } from '../../../idempotency/time.ts'
import { claimId } from '../claim-id.ts'
import type { Connection } from '../driver.ts'
import type { Lender } from '../lender.ts'
import type { BatchEntry } from './batch-entry.ts'
import { createBatchStatements } from './batch-statements.ts'
import { type Batcher, createBatcher } from './batcher.ts'
import { type Alone, insertAlone } from './insert-alone.ts'
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

/** What the inserter works with. */
export interface RowSurroundings {
  readonly lender: Lender<unknown>
  readonly runAlone: RunAlone
  readonly schema: string
  readonly isPrepared: boolean
  readonly maxWaiting: number
  readonly holdMs: number
  readonly time: Time
}

/** Inserts one row; `refuse` answers, after a look at the claim, what was decided before anything was sent. */
export type InsertRow = <Result>(
  claim: Claim | undefined,
  row: DeclaredRow,
  build: Build<Result>,
  refuse: (settlement: Settlement<Result>) => Promise<Claimed<Result>>,
) => Promise<Inserted<Result>>

/** Declared rows of one database: together where it can be, alone where it must be. */
export function createRowInserter(surroundings: RowSurroundings): InsertRow {
  const { lender, runAlone, schema, isPrepared, maxWaiting, holdMs, time } = surroundings
  const tables = new Map<string, Promise<TableFacts>>()
  const shapes = new Map<string, { readonly shape: Shape; readonly batcher: Batcher }>()

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

  async function shapeOf({
    table,
    values,
  }: DeclaredRow): Promise<{ readonly shape: Shape; readonly batcher: Batcher }> {
    const names = Object.keys(values).filter((name) => values[name] !== undefined)
    const id = `${table}\n${names.join('\n')}`
    let known = shapes.get(id)
    if (known === undefined) {
      const shape = toShape(table, await factsOf(table), names)
      const batcher = createBatcher(lender, createBatchStatements(shape, schema, isPrepared), {
        maxWaiting,
        holdMs,
        time,
      })
      known = { shape, batcher }
      shapes.set(id, known)
    }
    return known
  }

  return async <Result>(
    claim: Claim | undefined,
    row: DeclaredRow,
    build: Build<Result>,
    refuse: (settlement: Settlement<Result>) => Promise<Claimed<Result>>,
  ): Promise<Inserted<Result>> => {
    const { shape, batcher } = await shapeOf(row)
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
        expires: new Date(Math.min(now + claim.retentionMs, LATEST_MS)).toISOString(),
      },
    }
  }
}

// The last day that PostgreSQL reads in the form that Date writes.
const LATEST_MS = Date.UTC(9999, 11, 31)
