import type { Store } from '../../src/index.ts'
import { type MemoryTransaction, memoryStore, UniqueViolationError } from '../../src/stores/memory.ts'
import { type SqliteTransaction, sqliteStore } from '../../src/stores/sqlite.ts'
import { type Driver, openPostgres, type Statements } from '../stores/open-postgres.ts'
import type { PostgresServer } from '../stores/postgres-server.ts'
import { temporaryFile } from '../stores/temporary-file.ts'

/** A row of the tests' table: `sku` is unique too. */
export interface Order {
  readonly id: string
  readonly sku: string
  readonly quantity: number
}

/** The table `orders` in one kind of store, with statements as an author of that kind writes them. */
export interface OrderTable<Tx = unknown> {
  readonly store: Store<Tx>
  insert(tx: Tx, order: Order): unknown
  /** Locks the row where the database can. */
  find(tx: Tx, member: 'id' | 'sku', value: string): Order | undefined | Promise<Order | undefined>
  update(tx: Tx, order: Order): unknown
  /** What is committed, by id. */
  all(): Promise<Order[]>
  close(): Promise<void>
}

export const kinds = ['memory', 'sqlite', 'pg', 'postgres.js'] as const
export type Kind = (typeof kinds)[number]

/** Opens an empty table. */
export function openOrders(kind: Kind, server: () => PostgresServer): Promise<OrderTable> {
  if (kind === 'memory') return Promise.resolve(inMemory() as OrderTable)
  return kind === 'sqlite' ? (inSqlite() as Promise<OrderTable>) : (inPostgres(server(), kind) as Promise<OrderTable>)
}

function inMemory(): OrderTable<MemoryTransaction> {
  const store = memoryStore()
  const byId = (one: Order, other: Order) => (one.id < other.id ? -1 : 1)
  return {
    store,
    insert(tx, order) {
      const isTaken = tx.all('orders').some(({ sku }) => sku === order.sku)
      if (isTaken && tx.get('orders', order.id) === undefined) throw new UniqueViolationError('orders', ['sku'])
      tx.insert('orders', order.id, { ...order })
    },
    find: (tx, member, value) => (tx.all('orders') as unknown as Order[]).find((order) => order[member] === value),
    update(tx, order) {
      tx.delete('orders', order.id)
      tx.insert('orders', order.id, { ...order }, ['sku'])
    },
    all: async () => (store.read.all('orders') as unknown as Order[]).toSorted(byId),
    close: () => store.close(),
  }
}

const SQL = 'create table orders (id text primary key, sku text not null unique, quantity integer not null)'

async function inSqlite(): Promise<OrderTable<SqliteTransaction>> {
  const { file, remove } = await temporaryFile()
  const store = await sqliteStore({ file, schema: `${SQL} strict` })
  return {
    store,
    insert: (tx, { id, sku, quantity }) => tx.prepare('insert into orders values (?, ?, ?)').run(id, sku, quantity),
    find: (tx, member, value) =>
      tx.prepare(`select * from orders where ${member} = ?`).get(value) as unknown as Order | undefined,
    update: (tx, { id, sku, quantity }) =>
      tx.prepare('update orders set sku = ?, quantity = ? where id = ?').run(sku, quantity, id),
    all: async () =>
      store.read
        .prepare('select * from orders order by id')
        .all()
        .map((row) => ({ ...row }) as unknown as Order),
    async close() {
      await store.close()
      await remove()
    },
  }
}

async function inPostgres(server: PostgresServer, driver: Driver): Promise<OrderTable<Statements>> {
  const { store, database, close } = await openPostgres(server, { driver, tables: SQL })
  return {
    store,
    insert: (tx, { id, sku, quantity }) => tx.run('insert into orders values ($1, $2, $3)', [id, sku, quantity]),
    find: async (tx, member, value) =>
      (await tx.run(`select * from orders where ${member} = $1 for update`, [value]))[0] as Order | undefined,
    update: (tx, { id, sku, quantity }) =>
      tx.run('update orders set sku = $1, quantity = $2 where id = $3', [sku, quantity, id]),
    all: () => server.query<Order>(database, 'select * from orders order by id collate "C"'),
    close,
  }
}
