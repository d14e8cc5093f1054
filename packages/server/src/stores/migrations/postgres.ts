import { identifier } from '../postgres/literals.ts'

/**
 * The numbered changes of the PostgreSQL schema; a published one is never edited, only followed by the next.
 *
 * The key is 16 bytes of fixed length: with `scope` and `key` as the key, the index would be as large as the table. Not
 * partitioned: the partition's column would have to be part of the primary key, and then one claim could be kept once
 * in each partition.
 */
export function postgresMigrations(schema: string): readonly string[] {
  const name = identifier(schema)
  return [
    `create table ${name}.record (
      id uuid primary key,
      scope text not null,
      key text not null,
      fingerprint text not null,
      status smallint not null,
      headers text not null,
      body text,
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index record_expires_at on ${name}.record (expires_at);
    comment on table ${name}.record is 'Createonce: the answer of each creation, by caller, operation and Idempotency-Key.';
    comment on column ${name}.record.id is '16 bytes of SHA-256 over scope and key.'`,
  ]
}

/**
 * For each change, the smallest schema that a version must know to work on: for a change that only adds (expand) the
 * same as for the one before, so that old processes go on beside new ones and a roll-back finds its way; for one that
 * takes away (contract) its own number.
 */
export const postgresWorksWith: readonly number[] = [1]
