import type { Time } from '../../idempotency/time.ts'

// Each record is found through an index in which its neighbours are strangers, so that so many of them are as many
// pages: about what the creations behind this transaction can wait for without noticing.
const AT_ONCE = 50

// Purging is never urgent, creations always are: they have the file for longer than the purge had it.
const REST_PER_TURN = 2
const SHORTEST_REST_MS = 1

/**
 * Purges up to `limit` records, a few in each transaction, and leaves the file to the creations between them for twice
 * as long as it took. `purge` deletes up to as many as it is told and answers how many there were, or `undefined` if
 * it had no turn.
 */
export async function purgeInTurns(
  purge: (count: number) => Promise<number | undefined>,
  limit: number,
  time: Time,
): Promise<number> {
  let purged = 0
  while (purged < limit) {
    const begun = time.now()
    const count = Math.min(AT_ONCE, limit - purged)
    const gone = (await purge(count)) ?? 0
    purged += gone
    if (gone < count || purged === limit) break
    const rest = Math.max(SHORTEST_REST_MS, (time.now() - begun) * REST_PER_TURN)
    await new Promise<void>((resolve) => time.after(rest, resolve))
  }
  return purged
}
