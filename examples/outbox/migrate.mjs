import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const ORDERS =
  'create table if not exists orders (id uuid primary key, item text not null, quantity int not null, email text not null)'

/** Makes the tables of the example and of the queue. A deployment does this once, before it starts the processes. */
export async function migrate(connectionString) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(ORDERS)
  } finally {
    await client.end()
  }
  await runMigrations({ connectionString })
}
