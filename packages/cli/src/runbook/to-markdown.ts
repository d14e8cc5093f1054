import { neutralise } from '@createonce/verifier'
import type { EntryKind, RunbookEntry } from './entry.ts'
import { entryLines } from './entry-lines.ts'
import { kinds } from './kinds.ts'
import { webAddress } from './web-address.ts'

/** The runbook as one Markdown file; every code is an anchor. */
export function toMarkdown(entries: readonly RunbookEntry[]): string {
  const groups = (Object.keys(kinds) as EntryKind[])
    .map((kind) => ({ kind, members: entries.filter((entry) => entry.kind === kind) }))
    .filter(({ members }) => members.length > 0)
  const contents = groups.map(
    ({ kind, members }) =>
      `**${kinds[kind]}**\n\n${members.map(({ code, title }) => `- [\`${code}\`](#${code}) – ${marked(title)}\n`).join('')}`,
  )
  const sections = groups.map(({ kind, members }) => `## ${kinds[kind]}\n\n${members.map(section).join('\n')}`)
  return `# Runbook\n\nFind the code of the log line, the alert or the report; \`createonce explain CODE\` shows one entry in the terminal.\n\n${[...contents, ...sections].join('\n')}`
}

function section(entry: RunbookEntry): string {
  const list = entryLines(entry).map(([heading, text]) => `- **${heading}:** ${marked(text)}\n`)
  const links = entry.links.map((link) => {
    const address = webAddress(link)
    return `- ${address === undefined ? marked(link) : `<${address}>`}\n`
  })
  const { code, title, meaning } = entry
  return `<a id="${code}"></a>\n\n### ${code}\n\n**${marked(title)}**\n\n${marked(meaning)}\n\n${[...list, ...links].join('')}`
}

/** A text in one line: what stands in backticks stays code, and of the rest nothing is markup. */
function marked(text: string): string {
  return neutralise(text.trim().replace(/\s+/g, ' '))
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<>&|#~]/g, '\\$&')))
    .join('')
}
