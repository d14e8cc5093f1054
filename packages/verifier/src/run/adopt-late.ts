import { completionOf } from '../experiments/completion.ts'
import type { Lab } from '../experiments/lab.ts'
import { carries } from '../experiments/marks.ts'
import { NoAnswer } from '../experiments/no-answer.ts'
import { readPages } from '../experiments/read-pages.ts'
import { RequestsSpent, RunStopped } from '../http/recorder.ts'

/**
 * Writes down what was made after the answers of a lab that were only 202: such an answer need not say where it will
 * be, and the collection does. The last one is waited for; the others were asked for before it.
 */
export async function adoptLate(lab: Lab): Promise<void> {
  const last = lab.late.at(-1)
  if (last === undefined) return
  try {
    await completionOf(lab, last)
    const pages = await readPages(lab)
    if (pages.kind === 'unlisted') return
    for (const item of pages.items) {
      // Variants of one body share their texts: each answer that the item may stem from is accounted for.
      for (const { answer } of lab.late.filter(({ marks }) => carries(item, marks))) lab.adopt(item, answer.id)
    }
  } catch (error) {
    const isExpected = error instanceof NoAnswer || error instanceof RequestsSpent || error instanceof RunStopped
    if (!isExpected) throw error
  }
}
