import type { Probe } from './probe.ts'
import { postgresAdvisoryLockExcludes } from './probes/postgres-advisory-lock-excludes.ts'
import { postgresClockSkew } from './probes/postgres-clock-skew.ts'
import { postgresConnectionsLeft } from './probes/postgres-connections-left.ts'
import { postgresPrivileges } from './probes/postgres-privileges.ts'
import { postgresReachable } from './probes/postgres-reachable.ts'
import { postgresSchemaMigrated } from './probes/postgres-schema-migrated.ts'
import { postgresSynchronousCommit } from './probes/postgres-synchronous-commit.ts'
import { postgresVersion } from './probes/postgres-version.ts'

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
]
