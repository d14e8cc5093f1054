import { readFile } from 'node:fs/promises'

/** What the guide shows in a language, block by block, without the indentation of the list around it. */
export async function blocksOfGuide(language: 'sql' | 'js'): Promise<string[]> {
  const page = await readFile(new URL('../../../docs/guides/outbox.md', import.meta.url), 'utf8')
  const blocks = page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))
  return [...blocks].map(([, indent, text]) => text!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
}
