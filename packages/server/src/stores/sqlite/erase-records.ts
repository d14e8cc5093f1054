import type { CompleteErasure } from '../../idempotency/erasure.ts'
import { scopesOf } from '../../idempotency/scope.ts'
import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import type { SqliteStatement } from './driver.ts'
import { turn } from './turn.ts'

type Prepare = (sql: string) => SqliteStatement

/** The store's ways to its file; both refuse when it is closed. */
interface Ways {
  /** What is committed, without waiting for the writer. */
  read(): Prepare
  /** A transaction in turn with the creations; `undefined` where it could not have its turn. */
  write(work: (prepare: Prepare) => number): Promise<number | undefined>
}

// Read in one go, while this process does nothing else: some milliseconds.
const STRETCH = 5_000

const ITS = 'scope >= ? and scope < ?'

const LOOK = `select max(id) as last, max(${ITS}) as found from
  (select id, scope from createonce_record where id > ? order by id limit ${STRETCH})`

// Asked for the scope again: the place of a record that was purged meanwhile may be somebody else's now.
const ERASE = `delete from createonce_record where id in
  (select id from createonce_record where id > ? and id <= ? and ${ITS} limit ?)`

/**
 * Deletes the records of a principal, wherever they are. There is no index on the scope, which every creation would pay
 * for: the table is read once, a stretch at a time, and only where there are records of the principal is anything
 * written.
 */
export async function* eraseRecords(
  { read, write }: Ways,
  { principal, batchSize }: CompleteErasure,
): AsyncGenerator<number> {
  const scopes = scopesOf(principal)
  // From the first scope of the principal up to where the space behind the name is a higher character. SQLite compares
  // the bytes of UTF-8.
  const range = [scopes, `${scopes.slice(0, -1)}!`] as const
  for (let after = 0; ; ) {
    const row = read()(LOOK).get(...range, after)
    if (row === undefined || row['last'] === null) return
    const last = Number(row['last'])
    for (let erased = Number(row['found']) === 1 ? batchSize : 0; erased === batchSize; ) {
      const written = await write((prepare) => Number(prepare(ERASE).run(after, last, ...range, batchSize).changes))
      if (written === undefined) throw new StoreUnavailableError('The database is busy.')
      erased = written
      yield erased
    }
    after = last
    await turn()
  }
}
