import { send } from '../send.mjs'
import { groupBy } from './group-by.mjs'

/**
 * The operator's way out of blocked keys: those of which the ledger shows nothing are let go, and a retry creates; the
 * others stay blocked.
 */
export async function judgeRelease(keys, database, port) {
  const byItem = groupBy(database.effects(), ({ item }) => item)
  const blocked = keys.filter(({ kind }) => kind === 'blocked')
  const idle = blocked.filter(({ item }) => !byItem.has(item))
  const stuck = []
  for (const key of idle) {
    const { kind } = await database.release('block', key.key)
    const answer = await send(port, key.path, key)
    if (kind !== 'released' || answer.status !== 201) stuck.push({ key, kind, answer })
  }
  const free = []
  for (const key of blocked) {
    if (idle.includes(key)) continue
    const answer = await send(port, key.path, key)
    // Its owner may have lived, and recorded what it did after all.
    if (answer.status !== 409 && answer.status !== 201) free.push({ key, answer })
  }
  const after = groupBy(database.effects(), ({ item }) => item)
  return [
    {
      sentence: `${idle.length} of the blocked keys had done nothing; an operator let them go, and a retry created`,
      wrong: stuck,
    },
    {
      sentence: `${blocked.length - idle.length} of the blocked keys had acted; they stay blocked, or their record came late`,
      wrong: free,
    },
    {
      sentence: 'after that each of them has acted once',
      wrong: blocked.filter(({ item }) => after.get(item)?.length !== 1),
    },
  ]
}
