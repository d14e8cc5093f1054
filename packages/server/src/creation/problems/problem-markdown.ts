import { problemLines } from './problem-lines.ts'
import type { ProblemParts } from './problem-parts.ts'

/** The entry for a terminal or a reader of Markdown. The catalogue's texts are Markdown already. */
export function problemMarkdown(parts: ProblemParts): string {
  const list = problemLines(parts).map(([heading, text]) => `- **${heading}:** ${text}\n`)
  return `# ${parts.code}\n\n**${parts.title}** · ${parts.status}\n\n${parts.meaning}\n\n${list.join('')}`
}
