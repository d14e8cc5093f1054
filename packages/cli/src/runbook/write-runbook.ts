import { writeFileSync } from 'node:fs'
import { UsageError } from '../usage-error.ts'
import { runbookEntries } from './entries.ts'
import { toHtml } from './html/to-html.ts'
import { readOwn } from './read-own.ts'
import { builtInTables } from './tables.ts'
import { toMarkdown } from './to-markdown.ts'

/** What is written, and where. */
export interface RunbookOptions {
  readonly folder: string
  readonly format: 'md' | 'html'
  readonly out?: string
}

/** Writes the runbook to a file, or to standard output. */
export async function writeRunbook({ folder, format, out }: RunbookOptions): Promise<void> {
  const entries = runbookEntries(builtInTables, await readOwn(folder))
  const text = format === 'md' ? toMarkdown(entries) : toHtml(entries)
  if (out === undefined) {
    process.stdout.write(text)
    return
  }
  try {
    writeFileSync(out, text)
  } catch (error) {
    throw new UsageError(`The runbook cannot be written to ${out}: ${(error as Error).message}`)
  }
  process.stderr.write(`${entries.length} entries in ${out}\n`)
}
