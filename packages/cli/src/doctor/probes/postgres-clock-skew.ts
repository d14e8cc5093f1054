import type { Probe } from '../probe.ts'
import { askPostgres } from '../stores/ask-postgres.ts'

// A machine that keeps time by NTP is off by milliseconds; one second is a clock that nobody sets.
const WARNING_MS = 1_000
// Retention is judged by the clock of each process: one that is a minute ahead forgets a key a minute early.
const BAD_MS = 60_000

export const postgresClockSkew: Probe = {
  id: 'postgres-clock-skew',
  needs: `The clocks of this machine and of the database agree: within ${WARNING_MS / 1_000} s, and at the worst within ${BAD_MS / 1_000} s`,
  how: '`clock_timestamp()` against the clock here; what the question took on its way is not held against either.',
  why: 'Each process judges by its own clock whether a key is past its retention: one that is ahead forgets it early, and a late retry creates again.',
  mend: 'Let both machines set their clocks by NTP (`timedatectl status`).',
  look: (surroundings) =>
    askPostgres(surroundings, async ({ query }) => {
      const before = surroundings.now()
      const [row] = await query(`select (extract(epoch from clock_timestamp()) * 1000)::text as now`)
      const after = surroundings.now()
      const there = Number(row!['now'])
      // The server looked at some moment in between: only what lies outside is a difference for certain.
      const ms = there < before ? before - there : Math.max(0, there - after)
      if (ms <= WARNING_MS) return [{ kind: 'good', seen: `less than ${WARNING_MS / 1_000} s apart` }]
      const seen = `this machine is ${Math.round(ms / 1_000)} s ${there < before ? 'ahead of' : 'behind'} the database`
      return [{ kind: ms > BAD_MS ? 'bad' : 'warning', seen }]
    }),
}
