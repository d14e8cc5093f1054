import { neutralise } from '@createonce/verifier'
import { wrapWords } from '../wrap-words.ts'
import type { RunbookEntry } from './entry.ts'
import { entryLines } from './entry-lines.ts'

const WIDTH = 80

/** An entry for the terminal: what it is, then each heading with its text beneath. */
export function toTerminal(entry: RunbookEntry): string {
  const parts = entryLines(entry).map(([heading, text]) => `${heading}\n${paragraph(text, '  ')}`)
  const links =
    entry.links.length === 0 ? [] : [`Links\n${entry.links.map((link) => `  ${neutralise(link)}`).join('\n')}`]
  return `${[`${entry.code} (${entry.kind})\n${paragraph(entry.title, '')}`, paragraph(entry.meaning, ''), ...parts, ...links].join('\n\n')}\n`
}

// Lines of the author's own stay lines; everything else that acts on a terminal is shown as an escape.
function paragraph(text: string, indent: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => wrapWords(indent + neutralise(line.trim()), WIDTH, indent))
    .join('\n')
}
