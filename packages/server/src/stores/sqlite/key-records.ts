import { existsSync } from 'node:fs'
import type { KeyRecord, KeyRecords } from '../../idempotency/key-records.ts'
import { scopeOf } from '../../idempotency/scope.ts'
import { StoreUnavailableError } from '../../idempotency/store-errors.ts'
import { systemTime, type Time } from '../../idempotency/time.ts'
import { fromRow } from '../from-row.ts'
import { type SqliteStore, sqliteStore } from '../sqlite.ts'
import { findSqliteDriver, type OpenSqlite } from './driver.ts'
import { recordId } from './record-id.ts'

/** Which file, and by which clock. */
export interface SqliteKeyRecordsOptions {
  readonly file: string
  readonly time?: Time
  readonly open?: OpenSqlite
}

// Some milliseconds of reading; the answers, which may be large, are not read.
const PAGE = 1_000

const COLUMNS = 'scope, key, fingerprint, status, created_at as created, expires_at as expires'
const NEXT = `select id, ${COLUMNS} from createonce_record where id > ? order by id limit ${PAGE}`
const FIND = `select ${COLUMNS}, headers, body from createonce_record where claim = ?`

/**
 * An operator's way to the records of a SQLite file. A file that is not there is not made, and reading changes nothing
 * in it; only what deletes opens it for writing, in turn with the services that use it.
 */
export async function sqliteKeyRecords({
  file,
  time = systemTime,
  ...given
}: SqliteKeyRecordsOptions): Promise<KeyRecords> {
  if (!existsSync(file)) throw new StoreUnavailableError(`There is no SQLite file ${file}.`)
  const open = given.open ?? (await findSqliteDriver())
  const database = explained(() => open(file, { readOnly: true }))
  let writing: Promise<SqliteStore> | undefined

  function explained<T>(step: () => T): T {
    try {
      return step()
    } catch (cause) {
      const { message } = cause as Error
      const why = /no such (table|column)/.test(message) ? 'it holds no records of this version of Createonce' : message
      throw new StoreUnavailableError(`The SQLite file ${file} cannot be read: ${why}.`, { cause })
    }
  }

  function store(): Promise<SqliteStore> {
    writing ??= sqliteStore({ file, time, open })
    return writing
  }

  function find(id: Uint8Array) {
    return explained(() => database.prepare(FIND).get(id))
  }

  return {
    name: 'sqlite',
    async *pages() {
      for (let after = 0; ; ) {
        const rows = explained(() => database.prepare(NEXT).all(after))
        if (rows.length === 0) return
        yield rows.map((row): KeyRecord => fromRow(row, time.now()))
        after = Number(rows.at(-1)!['id'])
      }
    },
    async find({ principal, operation, key }) {
      const row = find(recordId({ scope: scopeOf(principal, operation), key }))
      return row && fromRow(row, time.now())
    },
    // What is unfinished is a transaction, and ends with its process.
    async release({ principal, operation, key }) {
      const row = find(recordId({ scope: scopeOf(principal, operation), key }))
      return { kind: row === undefined ? 'absent' : 'finished' }
    },
    purge: async (limit) => (await store()).purge(limit),
    erase: async (erasure) => (await store()).erase(erasure),
    async close() {
      database.close()
      await (await writing)?.close()
    },
  }
}
