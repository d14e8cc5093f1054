import { turn } from './turn.ts'

// Each record is found through an index in which its neighbours are strangers, so that a hundred of them are a hundred
// pages: about what the creations behind this transaction can wait for without noticing.
const AT_ONCE = 100

/**
 * Purges up to `limit` records, a few in each transaction, so that creations have their turn between them. `purge`
 * deletes up to as many as it is told and answers how many there were, or `undefined` if it had no turn.
 */
export async function purgeInTurns(
  purge: (count: number) => Promise<number | undefined>,
  limit: number,
): Promise<number> {
  let purged = 0
  while (purged < limit) {
    const count = Math.min(AT_ONCE, limit - purged)
    const gone = (await purge(count)) ?? 0
    purged += gone
    if (gone < count) break
    await turn()
  }
  return purged
}
