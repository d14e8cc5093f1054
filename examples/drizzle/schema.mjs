import { relations } from 'drizzle-orm'
import { bigint, integer, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

export const invoices = pgTable(
  'invoices',
  {
    id: uuid().primaryKey().defaultRandom(),
    owner: text().notNull(),
    number: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    position: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  },
  ({ owner, number }) => [unique().on(owner, number)],
)

export const lines = pgTable(
  'lines',
  {
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    text: text().notNull(),
    cents: integer().notNull(),
  },
  ({ invoiceId, position }) => [primaryKey({ columns: [invoiceId, position] })],
)

export const invoiceRelations = relations(invoices, ({ many }) => ({ lines: many(lines) }))
export const lineRelations = relations(lines, ({ one }) => ({
  invoice: one(invoices, { fields: [lines.invoiceId], references: [invoices.id] }),
}))

/** Makes the tables, where they are not there yet. In production the migrations of drizzle-kit do. */
export async function createTables(pool) {
  await pool.query(`
    create table if not exists invoices (
      id uuid primary key default gen_random_uuid(),
      owner text not null,
      number text not null,
      created_at timestamptz not null default now(),
      position bigint generated always as identity,
      unique (owner, number)
    );
    create table if not exists lines (
      invoice_id uuid not null references invoices on delete cascade,
      position integer not null,
      text text not null,
      cents integer not null,
      primary key (invoice_id, position)
    );
  `)
}
