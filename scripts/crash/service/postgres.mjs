import { postgresStore } from '@createonce/server/postgres'
import pg from 'pg'
import { sqlCreations } from './sql-creations.mjs'

/** The service over PostgreSQL, by the proxy that cuts its connections. */
export async function openService({ database }, seed) {
  const pool = new pg.Pool({ ...database, max: 8 })
  const store = postgresStore({ pool })
  return {
    creations: sqlCreations({
      store: seed(store),
      insert: (tx, table, row) =>
        tx.query(`insert into ${table} (${Object.keys(row)}) values ($1, $2, $3)`, Object.values(row)),
      find: async (tx, name) => (await tx.query('select id, name, via from named where name = $1', [name])).rows[0],
    }),
    async close() {
      await store.close()
      await pool.end()
    },
    read: async (table, id) => (await pool.query(`select * from ${table} where id = $1`, [id])).rows[0],
  }
}
