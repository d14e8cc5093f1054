import { completionOf } from '../experiments/completion-of.ts'
import type { Lab } from '../experiments/lab.ts'
import { carries } from '../experiments/marks.ts'
import { NoAnswer } from '../experiments/no-answer.ts'
import { readPages } from '../experiments/read-pages.ts'
import { RequestsSpent, RunStopped } from '../http/recorder.ts'

/**
 * Writes down what answers need not tell: what was made after a 202, and the items of a batch. The collection shows
 * them. Of what is made later the last is waited for; the others were asked for before it.
 */
export async function adoptUntold(lab: Lab): Promise<void> {
  const last = lab.untold.at(-1)
  if (last === undefined) return
  try {
    if (last.status === 202) await completionOf(lab, last)
    const pages = await readPages(lab)
    if (pages.kind === 'unlisted') return
    for (const item of pages.items) {
      // Variants of one body share their texts: each answer that the item may stem from is accounted for.
      for (const { answer } of lab.untold.filter(({ marks }) => carries(item, marks))) lab.adopt(item, answer.id)
    }
  } catch (error) {
    const isExpected = error instanceof NoAnswer || error instanceof RequestsSpent || error instanceof RunStopped
    if (!isExpected) throw error
  }
}
