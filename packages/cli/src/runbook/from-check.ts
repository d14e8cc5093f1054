import type { Cause, Check } from '@createonce/verifier'
import { checkPages } from './check-pages.ts'
import type { RunbookEntry } from './entry.ts'

/** A check of the verifier, as an entry: what to do when it is red. */
export function fromCheck({ id, title, level, source }: Check, causes: readonly Cause[]): RunbookEntry {
  const page = checkPages[id]
  if (page === undefined) throw new Error(`The check ${id} has no page: scripts/check-pages.mjs has not been run.`)
  const cause = causes.find(({ checks }) => checks.includes(id))
  return {
    code: id,
    kind: 'check',
    title,
    signature: `\`createonce verify\` reports ${level === 'error' ? 'an error' : `a ${level}`} of \`${id}\` (${source}).`,
    meaning: `${page.meaning}${cause === undefined ? '' : ` The usual cause: ${lowerFirst(cause.title)}.`}`,
    firstResponse: `${page.fix} Then judge it again: \`createonce verify TARGET --check ${id}\`.`,
    links: [],
  }
}

// A title begins like a sentence; a name of a header keeps its capital.
function lowerFirst(title: string): string {
  return /^(The|A|An) /.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title
}
