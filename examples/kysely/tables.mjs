import { sql } from 'kysely'

/** Makes the tables, where they are not there yet. In production your migrations do. */
export async function createTables(db) {
  await db.schema
    .createTable('accounts')
    .ifNotExists()
    .addColumn('id', 'uuid', (column) => column.primaryKey().defaultTo(sql`gen_random_uuid()`))
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('cents', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('position', 'integer', (column) => column.notNull().generatedAlwaysAsIdentity())
    .addUniqueConstraint('accounts_name', ['owner', 'name'])
    .execute()
  await db.schema
    .createTable('deposits')
    .ifNotExists()
    .addColumn('id', 'uuid', (column) => column.primaryKey().defaultTo(sql`gen_random_uuid()`))
    .addColumn('accountId', 'uuid', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('cents', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .addColumn('position', 'integer', (column) => column.notNull().generatedAlwaysAsIdentity())
    .execute()
}
