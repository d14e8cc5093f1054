// Writes packages/cli/src/runbook/check-pages.ts: what the pages of the checks say, for `createonce explain` and the
// runbook, which have no pages beside them where they are installed. A test holds the two together.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pages = new URL('../docs/reference/checks/', import.meta.url)

/** What the runbook tells of each check: its meaning, and how to fix what it finds. */
export function checkPages() {
  const ids = readdirSync(pages)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => name.slice(0, -'.md'.length))
    .sort()
  return Object.fromEntries(ids.map((id) => [id, read(id)]))
}

function read(id) {
  const page = readFileSync(new URL(`${id}.md`, pages), 'utf8')
  const section = (heading) => {
    const text = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))
    if (text === undefined) throw new Error(`${id}.md has no section ${heading}.`)
    return text
      .slice(heading.length)
      .replace(/^The cause, with programs in .*$/m, '')
      .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
      .trim()
  }
  return { meaning: `${section('What it means')} ${section('Why it matters')}`, fix: section('How to fix it') }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = new URL('../packages/cli/src/runbook/check-pages.ts', import.meta.url)
  const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  const entries = Object.entries(checkPages()).map(
    ([id, { meaning, fix }]) => `  ${quote(id)}: {\n    meaning: ${quote(meaning)},\n    fix: ${quote(fix)},\n  },\n`,
  )
  writeFileSync(
    target,
    `// Written by scripts/check-pages.mjs from docs/reference/checks/; run it after a change there.

/** What the pages of the checks say, by id. */
export const checkPages: Readonly<Record<string, { readonly meaning: string; readonly fix: string }>> = {\n${entries.join('')}}\n`,
  )
}
