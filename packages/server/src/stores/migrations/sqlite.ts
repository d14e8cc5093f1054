/**
 * The numbered changes of the SQLite schema; a published one is never edited, only followed by the next.
 *
 * The table keeps records in the order of their primary key (WITHOUT ROWID): a claim and a replay each read one
 * page. Expiry has an index of its own, so that purging never scans.
 */
export const sqliteMigrations: readonly string[] = [
  `create table createonce_record (
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
  create index createonce_record_expiry on createonce_record (expires_at);`,
]
