import type { Time } from '../idempotency/time.ts'

// Purging is never urgent, creations always are: they have the database for longer than the purge had it.
const REST_PER_TURN = 2
const SHORTEST_REST_MS = 1
// A clock that jumps ahead within a turn must not put the purge to sleep.
const LONGEST_REST_MS = 1_000

/** How a purge is divided. */
export interface Turns {
  /** Records at most, over all turns. */
  readonly limit: number
  /** Records at most in one transaction. */
  readonly atOnce: number
  readonly time: Time
}

/**
 * Purges a few records in each transaction, and leaves the database to the creations between them for twice as long as that
 * took, a second at most. `purge` deletes up to as many as it is told and answers how many there were, or `undefined` if it had no turn.
 */
export async function purgeInTurns(
  purge: (count: number) => Promise<number | undefined>,
  { limit, atOnce, time }: Turns,
): Promise<number> {
  let purged = 0
  while (purged < limit) {
    const begun = time.now()
    const count = Math.min(atOnce, limit - purged)
    const gone = (await purge(count)) ?? 0
    purged += gone
    if (gone < count || purged === limit) break
    const rest = (time.now() - begun) * REST_PER_TURN
    const bounded = Math.min(Math.max(SHORTEST_REST_MS, rest), LONGEST_REST_MS)
    await new Promise<void>((resolve) => time.after(bounded, resolve))
  }
  return purged
}
