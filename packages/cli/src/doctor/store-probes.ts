import type { Probe } from './probe.ts'
import { postgresAdvisoryLockExcludes } from './probes/postgres-advisory-lock-excludes.ts'
import { postgresClockSkew } from './probes/postgres-clock-skew.ts'
import { postgresConnectionsLeft } from './probes/postgres-connections-left.ts'
import { postgresPrivileges } from './probes/postgres-privileges.ts'
import { postgresReachable } from './probes/postgres-reachable.ts'
import { postgresSchemaMigrated } from './probes/postgres-schema-migrated.ts'
import { postgresSynchronousCommit } from './probes/postgres-synchronous-commit.ts'
import { postgresVersion } from './probes/postgres-version.ts'
import { redisMaxmemoryPolicy } from './probes/redis-maxmemory-policy.ts'
import { redisPersistence } from './probes/redis-persistence.ts'
import { redisReachable } from './probes/redis-reachable.ts'
import { redisTakesWrites } from './probes/redis-takes-writes.ts'
import { redisVersion } from './probes/redis-version.ts'
import { sqliteDiskSpace } from './probes/sqlite-disk-space.ts'
import { sqliteFileSystem } from './probes/sqlite-file-system.ts'
import { sqliteVersion } from './probes/sqlite-version.ts'
import { sqliteWalAndFull } from './probes/sqlite-wal-and-full.ts'
import { sqliteWritable } from './probes/sqlite-writable.ts'

/** The probes of the databases that the stores keep their records in. */
export const storeProbes: readonly Probe[] = [
  postgresReachable,
  postgresVersion,
  postgresSchemaMigrated,
  postgresPrivileges,
  postgresSynchronousCommit,
  postgresConnectionsLeft,
  postgresClockSkew,
  postgresAdvisoryLockExcludes,
  sqliteWritable,
  sqliteVersion,
  sqliteWalAndFull,
  sqliteDiskSpace,
  sqliteFileSystem,
  redisReachable,
  redisVersion,
  redisTakesWrites,
  redisMaxmemoryPolicy,
  redisPersistence,
]
