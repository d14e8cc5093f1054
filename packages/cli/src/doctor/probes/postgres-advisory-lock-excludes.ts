import type { Probe } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'
import { openPostgres } from '../stores/open-postgres.ts'

// The store proves it at its start in the same namespace, which is not that of claims; 0 is the migration's.
const NAMESPACE = 0x63726562

export const postgresAdvisoryLockExcludes: Probe = {
  id: 'postgres-advisory-lock-excludes',
  needs: 'An advisory lock that one connection holds is refused to another, until the transaction ends',
  how: 'Tries it on two connections, with a number that nobody else uses.',
  why: 'By it the store tells that a key is in flight. Some databases that speak the protocol of PostgreSQL accept the lock and do nothing: the store refuses them when it starts.',
  mend: 'Use PostgreSQL itself, and let no function of your own take the place of `pg_try_advisory_xact_lock`.',
  look: (surroundings) =>
    askPostgres(surroundings, async (one) => {
      const second = await openPostgres(surroundings)
      if (second.kind !== 'open') return [{ kind: 'unknown', seen: `a second connection is needed: ${second.seen}` }]
      const other = second.connection
      const number = 1 + Math.floor(Math.random() * 0x7ffffffe)
      const take = `select pg_try_advisory_xact_lock(${NAMESPACE}, ${number})::text as locked`
      try {
        await one.query('begin')
        await other.query('begin')
        const first = (await one.query(take))[0]!['locked']
        const meanwhile = (await other.query(take))[0]!['locked']
        await one.query('rollback')
        const after = (await other.query(take))[0]!['locked']
        await other.query('rollback')
        if (first === 'true' && meanwhile === 'false' && after === 'true')
          return [{ kind: 'good', seen: 'it excludes' }]
        if (first !== 'true') return [{ kind: 'bad', seen: 'the lock is refused although nobody holds it' }]
        if (meanwhile === 'true') return [{ kind: 'bad', seen: 'two connections held the same lock at once' }]
        return [{ kind: 'bad', seen: 'the lock outlives its transaction' }]
      } finally {
        // A transaction of the shared connection that stayed open would be that of the next probe.
        await one.query('rollback').catch(() => {})
        await second.close()
      }
    }),
}
