import { createInterface } from 'node:readline/promises'
import { UsageError } from '../../usage-error.ts'

/** Asks before anything is changed. Without a terminal there is nobody to ask, and silence is no consent. */
export async function confirm(question: string, isAllowed: boolean): Promise<void> {
  if (isAllowed) return
  if (!process.stdin.isTTY) throw new UsageError(`${question} Say --yes if that is meant; nothing was changed.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    if (/^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())) return
  } finally {
    terminal.close()
  }
  throw new UsageError('Nothing was changed.')
}
