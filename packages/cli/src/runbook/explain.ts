import { UsageError } from '../usage-error.ts'
import { runbookEntries } from './entries.ts'
import type { RunbookEntry } from './entry.ts'
import { findEntry } from './find-entry.ts'
import { readOwn } from './read-own.ts'
import { builtInTables } from './tables.ts'
import { toTerminal } from './to-terminal.ts'

/** The entry of a code, as text or as one JSON document. */
export async function explain(code: string, { folder, asJson }: { folder: string; asJson: boolean }): Promise<string> {
  const entry = findEntry(code, await entriesFor(folder))
  return asJson ? `${JSON.stringify({ schemaVersion: 1, ...entry }, undefined, 2)}\n` : toTerminal(entry)
}

// Whoever asks at night gets an answer, whatever is wrong with the configuration.
async function entriesFor(folder: string): Promise<readonly RunbookEntry[]> {
  try {
    return runbookEntries(builtInTables, await readOwn(folder))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`createonce: your own entries are left out: ${error.message}\n`)
    return runbookEntries(builtInTables)
  }
}
