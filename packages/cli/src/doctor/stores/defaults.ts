import type { PostgresNeeded, RedisNeeded, SqliteNeeded } from '../../config/config.ts'

/** What is meant where a prerequisite does not say it. */
export const storeDefaults = {
  postgres: { schema: 'createonce', tables: [], connections: 10 },
  sqlite: { freeMegabytes: 100 },
  redis: { onCrash: 'block' },
} as const satisfies {
  readonly postgres: Required<Omit<PostgresNeeded, 'url'>>
  readonly sqlite: Required<Omit<SqliteNeeded, 'file'>>
  readonly redis: Required<Omit<RedisNeeded, 'url'>>
}

/** The oldest versions that the stores work with. */
export const oldestVersions = { postgres: 12, redis: 7 } as const
