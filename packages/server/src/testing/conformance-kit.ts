import assert from 'node:assert/strict'
import type { Claim, Claimed, CrashPolicy, RecordedAnswer, Session, Settlement } from '../idempotency/store.ts'

/** A row of the harness's table; `name` is unique there. */
export interface ConformanceRow {
  readonly id: string
  readonly name: string
}

/** How long records are kept in the suites, in milliseconds. */
export const HOUR = 3_600_000

/** How many callers make a crowd: more than any pool of connections has. */
export const CALLERS = 50

/** What every suite of stores needs to make claims and the work under them. */
export interface ConformanceKit<Tx> {
  claimOf(overrides?: Partial<Claim>): Claim
  /** A row that no other one is equal to. */
  row(name?: string): ConformanceRow
  /** What is found of a record that was made just now. */
  recorded(fingerprint: string, answer: RecordedAnswer): Claimed<never>
  /** Work that inserts a row and is kept, as a creation does. */
  creating(
    inserted: ConformanceRow,
    more?: { readonly pause?: Promise<void>; readonly answer?: RecordedAnswer },
  ): (session: Session<Tx>) => Promise<Settlement<ConformanceRow>>
}

/** Makes it over a way to insert. */
export function createKit<Tx>(options: {
  insert(tx: Tx, row: ConformanceRow): void | Promise<void>
  now(): number
  readonly onCrash?: CrashPolicy
}): ConformanceKit<Tx> {
  let serial = 0
  return {
    claimOf: (overrides = {}) => ({
      scope: 'anybody createThing',
      key: 'k1',
      fingerprint: '1:f1',
      retentionMs: HOUR,
      ...(options.onCrash !== undefined && { onCrash: options.onCrash }),
      ...overrides,
    }),
    row: (name = `name-${++serial}`) => ({ id: `id-${++serial}`, name }),
    recorded: (fingerprint, answer) => ({
      kind: 'recorded',
      fingerprint,
      answer,
      expiresAt: options.now() + HOUR,
    }),
    creating: (inserted, more = {}) => {
      return async ({ tx }) => {
        await options.insert(tx, inserted)
        await more.pause
        return { kind: 'commit', result: inserted, answer: more.answer ?? answerOf(inserted) }
      }
    },
  }
}

/** The answer that a creation of the row has. */
export function answerOf({ id }: Pick<ConformanceRow, 'id'>): RecordedAnswer {
  return {
    status: 201,
    headers: { 'Content-Type': 'application/json', Location: `/things/${id}` },
    body: JSON.stringify({ id }),
  }
}

/** Of many callers with one key one has executed, and the others were told of it. */
export function assertOneExecution(outcomes: readonly Claimed<unknown>[]): void {
  assert.equal(outcomes.filter(({ kind }) => kind === 'executed').length, 1)
  const others = outcomes.filter(({ kind }) => kind !== 'executed')
  for (const { kind } of others) assert.ok(kind === 'recorded' || kind === 'in-flight', kind)
}

/** Lets the event loop turn, so that other callers come in between. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
