import { UsageError } from '../../usage-error.ts'
import { meantText } from './kept-text.ts'
import type { Table } from './rows.ts'

// Enough to find them, and little enough to read.
const MOST_SHOWN = 5

/** How many ids the database is asked for: one more than is shown, to say that there are more. */
export const SAME_IDS = MOST_SHOWN + 1

/** What is thrown where rows that exist would be the same one by a natural key that is new; `ids` as they are kept. */
export function sameRowsError({ name, naturalKey }: Table, ids: readonly string[]): UsageError {
  const shown = ids.slice(0, MOST_SHOWN).map((id) => JSON.stringify(meantText(id).slice(0, 60)))
  const more = ids.length > MOST_SHOWN ? ' and more' : ''
  return new UsageError(
    `The natural key of the table ${name} is now ${naturalKey.join(', ')}, and rows that exist are the same one by it: those with the ids ${shown.join(', ')}${more}. Nothing was changed. Change or delete them, leave the natural key as it was, or name another --store.`,
  )
}
