import { neutralise } from './neutralise.ts'

// More of one text than anybody reads in a comment.
const longest = 2_000

/**
 * Text for a line of Markdown, as GitHub reads it: no markup, no HTML, no link. A code host also makes links of what looks
 * like an address, a person or an issue after it has undone every escape; a space of no width keeps those apart.
 */
export function escapeMarkdown(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text
  return neutralise(short)
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(/@|#(?=\d)|GH-(?=\d)|www(?=\.)|:(?=\/\/)|mailto(?=:)|xmpp(?=:)/gi, '$&\u200b')
    .replace(/[\\`*_{}[\]()#+\-.!|~:$=^]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}
