import { createHash } from 'node:crypto'
import { escapeHtml } from '../../../escape-html.ts'
import { contentPolicy } from '../content-policy.ts'
import type { StartLink } from './start-page.ts'

/** What the page says. */
export interface StartText {
  readonly title: string
  readonly version: string | undefined
  readonly links: readonly StartLink[]
}

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}dt{margin-top:.75rem}dd{margin:0}'

/** The header fields of the page: it loads nothing, and has its own style alone, which is named by its digest. */
export const startHeaders: Readonly<Record<string, string>> = contentPolicy(
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
)

/** The start page for people. */
export function startHtml({ title, version, links }: StartText): string {
  const list = links.map(
    ({ href, about }) =>
      `<dt><a href="${escapeHtml(href)}">${escapeHtml(href.slice(1))}</a></dt><dd>${escapeHtml(about)}</dd>\n`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${version === undefined ? '' : `<p>Version ${escapeHtml(version)}</p>\n`}<dl>
${list.join('')}</dl>
</main>
</body>
</html>
`
}
