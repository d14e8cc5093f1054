import { neutralise } from '@createonce/verifier'
import { UsageError } from '../usage-error.ts'
import type { RunbookEntry } from './entry.ts'
import { suggestCode } from './suggest-code.ts'

/** The entry of a code, or of a problem's `type`, whose last segment is one; throws {@link UsageError} with what may be meant. */
export function findEntry(given: string, entries: readonly RunbookEntry[]): RunbookEntry {
  const code = given.trim().replace(/^.*[/#]/, '')
  const found = entries.find((entry) => entry.code.toLowerCase() === code.toLowerCase())
  if (found !== undefined) return found
  const suggestion = suggestCode(
    code,
    entries.map((entry) => entry.code),
  )
  const shown = neutralise(code.length > 80 ? `${code.slice(0, 80)}…` : code)
  throw new UsageError(`there is no code ${shown}${suggestion} \`createonce runbook\` lists all of them.`)
}
