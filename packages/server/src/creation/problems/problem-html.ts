import { problemLines } from './problem-lines.ts'
import type { ProblemParts } from './problem-parts.ts'

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}dt{font-weight:600;margin-top:.75rem}dd{margin:0}code{font-family:ui-monospace,monospace}'

/** The entry for a browser: one page that needs no other. */
export function problemHtml(parts: ProblemParts): string {
  const list = problemLines(parts).map(([heading, text]) => `<dt>${heading}</dt><dd>${marked(text)}</dd>\n`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.code}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${marked(parts.title)}</h1>
<p><code>${parts.code}</code> · ${parts.status}</p>
<p>${marked(parts.meaning)}</p>
<dl>
${list.join('')}</dl>
</main>
</body>
</html>
`
}

function marked(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/`([^`]*)`/g, '<code>$1</code>')
}
