import type { SqliteDatabase } from '../sqlite/driver.ts'
import { recordId } from '../sqlite/record-id.ts'

const RECORD = `create table createonce_record (
  id integer primary key,
  claim blob not null unique,
  scope text not null,
  key text not null,
  fingerprint text not null,
  status integer not null,
  headers text not null,
  body text,
  created_at integer not null,
  expires_at integer not null
) strict`

/**
 * The numbered changes of the SQLite schema; a published one is never edited, only followed by the next. Each runs
 * inside the transaction that opens the file.
 *
 * Records are kept in the order in which they come, so that those of one commit share their pages, and are found by 16
 * bytes of a digest: with scope and key as the primary key each creation wrote a large page of its own, which cost as
 * much as everything else together. Expiry has an index, so that purging never scans.
 */
export const sqliteMigrations: readonly ((database: SqliteDatabase) => void)[] = [
  (database) =>
    database.exec(`create table createonce_record (
      scope text not null,
      key text not null,
      fingerprint text not null,
      status integer not null,
      headers text not null,
      body text,
      created_at integer not null,
      expires_at integer not null,
      primary key (scope, key)
    ) without rowid, strict;
    create index createonce_record_expiry on createonce_record (expires_at);`),
  (database) => {
    database.exec(`alter table createonce_record rename to createonce_record_1; ${RECORD}`)
    const insert = database.prepare(
      `insert into createonce_record (claim, scope, key, fingerprint, status, headers, body, created_at, expires_at)
        select ?, scope, key, fingerprint, status, headers, body, created_at, expires_at
        from createonce_record_1 where scope = ? and key = ?`,
    )
    for (const { scope, key } of database
      .prepare('select scope, key from createonce_record_1 order by created_at')
      .all()) {
      insert.run(recordId({ scope: String(scope), key: String(key) }), scope!, key!)
    }
    database.exec(
      'drop table createonce_record_1; create index createonce_record_expiry on createonce_record (expires_at)',
    )
  },
]

/** For each change, the smallest schema that a version must know to work on; a change that only adds keeps that of the one before. */
export const sqliteWorksWith: readonly number[] = [1, 2]
