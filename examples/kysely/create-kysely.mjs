import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'

/** A Kysely over a pool, or over the one connection of a transaction: `createdAt` here is `created_at` there. */
export function createKysely(pool) {
  return new Kysely({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
}
