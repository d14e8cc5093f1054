import type { RunbookAddition } from '../config/config.ts'
import { UsageError } from '../usage-error.ts'
import type { RunbookEntry } from './entry.ts'
import { suggestCode } from './suggest-code.ts'

/** Puts what the user says in place of parts of the built-in entries, and beside them what is the user's own. */
export function mergeOwn(
  builtIn: readonly RunbookEntry[],
  own: Readonly<Record<string, RunbookAddition>>,
): readonly RunbookEntry[] {
  const entries = new Map(builtIn.map((entry) => [entry.code, entry]))
  for (const [code, { links = [], ...parts }] of Object.entries(own)) {
    const entry = entries.get(code) ?? ownEntry(code, parts, [...entries.keys()])
    entries.set(code, { ...entry, ...parts, links: [...entry.links, ...links] })
  }
  return [...entries.values()]
}

function ownEntry(
  code: string,
  { title, meaning, firstResponse }: RunbookAddition,
  known: readonly string[],
): RunbookEntry {
  // A code becomes an anchor and the argument of a command.
  if (!/^[\w.-]+$/.test(code)) {
    throw new UsageError(`runbook: ${JSON.stringify(code)} is not a code: use letters, digits, - _ .`)
  }
  if (title === undefined || meaning === undefined || firstResponse === undefined) {
    throw new UsageError(
      `runbook.${code}: there is no such code${suggestCode(code, known)} An entry of your own needs title, meaning and firstResponse.`,
    )
  }
  return { code, kind: 'own', title, meaning, firstResponse, links: [] }
}
