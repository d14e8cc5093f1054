import { isPromise } from '../../idempotency/and-then.ts'
import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { Time } from '../../idempotency/time.ts'
import type { StoreWatch } from '../../observe/watch-store.ts'
import { whenFree } from './back-off.ts'
import type { SqliteStatement } from './driver.ts'
import { isBusy, isConstraint } from './errors.ts'
import { type MemberOutcome, runMember } from './run-member.ts'
import type { Task } from './task.ts'
import { turn } from './turn.ts'

/** The queue is full, or the file stays locked. */
export interface Overloaded {
  readonly kind: 'overloaded'
  readonly retryAfterMs: number
}

/** The one writing connection of this process. */
export interface Writer {
  /** Runs the task all or nothing, in turn. */
  transact<T>(task: Task<T>): Promise<T | Overloaded>
  idle(): Promise<void>
}

/** How the writer waits. */
export interface WriterOptions {
  readonly time: Time
  readonly maxWaiting: number
  readonly busyMs: number
  readonly holdMs: number
  readonly random: () => number
  readonly watch: StoreWatch | undefined
}

interface Member {
  readonly task: Task<unknown>
  /** When this caller has waited long enough for a locked file. */
  readonly until: number
  /** Whether it has to run without others, since a group that it was in was lost. */
  readonly isAlone: boolean
  settle(value: unknown): void
  fail(error: unknown): void
}

type Finished = { readonly member: Member; readonly outcome: MemberOutcome }

// Where one commit for many stops paying: by then the fsync is a hundredth of a creation's cost, and the first of the
// group has waited for all the others.
const MAX_GROUP = 256
const MAX_GROUP_MS = 5

const OVERLOADED: Overloaded = { kind: 'overloaded', retryAfterMs: 1_000 }

/**
 * One transaction at a time over one connection, and in it every creation that waits: one fsync makes all of them
 * durable (group commit). Each runs behind a savepoint of its own, one after the other, so that a `create` may await
 * between its statements, and one that is refused or fails undoes only itself. Nobody is answered before the commit.
 */
export function createWriter(prepare: (sql: string) => SqliteStatement, options: WriterOptions): Writer {
  const { time, maxWaiting, busyMs, holdMs, watch } = options
  const waiting: Member[] = []
  let inHand = 0
  let draining: Promise<void> | undefined
  /** Whether somebody waits inside the transaction, or for another process. */
  let isOccupied = false

  async function drain(): Promise<void> {
    // Whoever arrives in the same turn of the event loop shares the first commit too.
    await turn()
    while (waiting.length > 0) await group()
    draining = undefined
  }

  async function group(): Promise<void> {
    const begun = await begin(waiting[0]!)
    if (begun !== 'begun') return
    if (waiting.length === 0) return rollBack()
    // Nobody to share with: the one member needs no savepoint, the transaction is its own.
    const isSingle = waiting.length === 1 || waiting[0]!.isAlone
    const startedAt = time.now()
    const members: Member[] = []
    const finished: Finished[] = []
    try {
      do {
        const member = waiting.shift()!
        inHand = members.push(member)
        const running = runMember(member.task, prepare, { time, holdMs, isSingle })
        // Most creations wait for nothing, and a group of them is over within one turn of the event loop.
        isOccupied = isPromise(running)
        finished.push({ member, outcome: isPromise(running) ? await running : running })
      } while (!isSingle && canGrow(finished, startedAt))
      end(finished)
    } catch (cause) {
      // A savepoint failed, so the disk or the connection has: nobody may hang, and the next group must begin anew.
      rollBack()
      for (const member of members) member.fail(notCommitted(cause))
    }
    isOccupied = false
    inHand = 0
  }

  function canGrow(finished: readonly Finished[], startedAt: number): boolean {
    const next = waiting[0]
    if (next === undefined || next.isAlone || isLost(finished)) return false
    return finished.length < MAX_GROUP && time.now() - startedAt < MAX_GROUP_MS
  }

  async function begin(first: Member): Promise<'begun' | 'gave up'> {
    try {
      const begun = await whenFree(takeLock, { ...options, until: first.until })
      isOccupied = false
      if (begun.kind === 'done') return 'begun'
      leave(first)?.settle(OVERLOADED)
    } catch (cause) {
      const message = `SQLite could not begin a transaction: ${(cause as Error).message}.`
      leave(first)?.fail(new StoreUnavailableError(message, { cause }))
    }
    return 'gave up'
  }

  function takeLock(): void {
    try {
      // IMMEDIATE takes the write lock now: a transaction that read first could find, when it writes, that its snapshot
      // is old, and could only start over.
      prepare('BEGIN IMMEDIATE').run()
    } catch (error) {
      // Another process has it. What needs no lock, replays, need not wait for it.
      if (!isOccupied && isBusy(error)) for (const member of [...waiting]) if (isKnown(member)) leave(member)
      isOccupied = true
      throw error
    }
  }

  function isKnown({ task, settle, fail }: Member): boolean {
    try {
      const known = task.peek?.()
      if (known === undefined) return false
      settle(known)
    } catch (error) {
      fail(error)
    }
    return true
  }

  function leave(member: Member): Member | undefined {
    const index = waiting.indexOf(member)
    if (index === -1) return undefined
    waiting.splice(index, 1)
    return member
  }

  function end(finished: readonly Finished[]): void {
    if (isLost(finished)) {
      // What the others did is gone as well. They were not answered, so they can run again.
      rollBack()
      answer(finished.slice(-1))
      runAgain(finished.slice(0, -1))
      return
    }
    if (!finished.some(({ outcome }) => outcome.kind === 'kept')) {
      rollBack()
      answer(finished)
      return
    }
    try {
      prepare('COMMIT').run()
    } catch (cause) {
      rollBack()
      // A deferred foreign key is checked only now: a fault of some rows, and not of the store. Alone, it shows whose.
      if (isConstraint(cause) && finished.length > 1) runAgain(finished)
      else for (const { member } of finished) member.fail(isConstraint(cause) ? cause : notCommitted(cause))
      return
    }
    watch?.commit(finished.reduce((kept, { outcome }) => (outcome.kind === 'kept' ? kept + 1 : kept), 0))
    answer(finished)
  }

  function answer(finished: readonly Finished[]): void {
    for (const { member, outcome } of finished) {
      if (outcome.kind === 'failed') member.fail(outcome.error)
      else member.settle(outcome.value)
    }
  }

  function runAgain(finished: readonly Finished[]): void {
    if (finished.length > 0) watch?.retry('shared-undone')
    waiting.unshift(...finished.map(({ member }) => ({ ...member, isAlone: true })))
  }

  function rollBack(): void {
    try {
      prepare('ROLLBACK').run()
    } catch {
      // SQLite has rolled back by itself (disk full, I/O error): that is what was wanted.
    }
  }

  return {
    transact: <T>(task: Task<T>) =>
      new Promise<T | Overloaded>((resolve, reject) => {
        if (waiting.length + inHand > maxWaiting) {
          resolve(OVERLOADED)
          return
        }
        // Counted from the arrival: behind a file that stays locked, the last of a queue must not wait once for each
        // one before it.
        const until = time.now() + busyMs
        const member = { task, until, isAlone: false, settle: resolve as Member['settle'], fail: reject }
        if (isOccupied && isKnown(member)) return
        waiting.push(member)
        draining ??= drain()
      }),
    idle: () => draining ?? Promise.resolve(),
  }
}

function isLost(finished: readonly Finished[]): boolean {
  const { outcome } = finished.at(-1)!
  return outcome.kind !== 'kept' && outcome.isLost === true
}

function notCommitted(cause: unknown): StoreUnavailableError {
  return new StoreUnavailableError(`SQLite could not commit: ${(cause as Error).message}.`, { cause })
}
