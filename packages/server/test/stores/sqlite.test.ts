import { afterEach, beforeEach, describe, it } from 'vitest'
import { type SqliteTransaction, sqliteStore } from '../../src/stores/sqlite.ts'
import { type ConformanceRow, describeStore } from '../../src/testing/index.ts'
import { temporaryFile } from './temporary-file.ts'

const schema = `
  create table if not exists thing (id text primary key, name text not null unique) strict;
  create table if not exists filled_thing (id text primary key, name text not null unique, filled text default 'by default') strict;
  create table if not exists child (id text primary key, name text not null, parent text references thing (id)) strict;
`

describeStore<SqliteTransaction>(
  {
    name: 'sqlite',
    async open(time) {
      const { file, remove } = await temporaryFile()
      const store = await sqliteStore({ file, schema, time })
      return {
        store,
        insert: (tx, { id, name }) => void tx.prepare('insert into thing (id, name) values (?, ?)').run(id, name),
        rows: async () =>
          store.read
            .prepare('select id, name from thing order by rowid')
            .all()
            .map((row) => ({ ...row })) as unknown as ConformanceRow[],
        declared: (row, kind = 'known') => ({
          table: { known: 'thing', unknown: 'filled_thing', orphan: 'child' }[kind],
          values: { ...row, ...(kind === 'orphan' && { parent: 'nobody' }) },
        }),
        another: () => sqliteStore({ file, schema, time }),
        async dispose() {
          await store.close()
          await remove()
        },
      }
    },
  },
  { afterEach, beforeEach, describe, it },
)
