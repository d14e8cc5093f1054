import { createHash } from 'node:crypto'
import type { EntryKind, RunbookEntry } from '../entry.ts'
import { entryLines } from '../entry-lines.ts'
import { kinds } from '../kinds.ts'
import { webAddress } from '../web-address.ts'
import { escapeHtml } from './escape-html.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

/**
 * The runbook as one HTML page that needs no network and can be read without scripts. Its content security policy lets run
 * the one script and the one style that it brings, by their digests, and nothing else.
 */
export function toHtml(entries: readonly RunbookEntry[]): string {
  const policy = `default-src 'none'; script-src ${digest(pageScript)}; style-src ${digest(pageStyle)}; base-uri 'none'; form-action 'none'`
  const groups = (Object.keys(kinds) as EntryKind[])
    .map((kind) => ({ kind, members: entries.filter((entry) => entry.kind === kind) }))
    .filter(({ members }) => members.length > 0)
  const contents = groups.map(
    ({ kind, members }) =>
      `<div data-group><h2>${escapeHtml(kinds[kind])}</h2>\n<ul>${members
        .map(({ code }) => `<li id="to:${code}"><a href="#${code}">${code}</a></li>`)
        .join('\n')}</ul></div>`,
  )
  const sections = groups.map(
    ({ kind, members }) =>
      `<section data-group aria-labelledby="kind:${kind}"><h2 id="kind:${kind}">${escapeHtml(kinds[kind])}</h2>\n${members.map(article).join('')}</section>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Runbook</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Runbook</h1>
<form id="ui:filter" role="search" aria-label="Filter the entries" hidden>
<label>Filter <input type="search" id="ui:text" placeholder="code or words ( / )" autocomplete="off"></label>
<output id="ui:shown" for="ui:text"></output>
</form>
<button id="ui:theme" type="button" hidden>Dark or light</button>
</header>
<div class="page">
<nav aria-label="Codes" tabindex="0">
${contents.join('\n')}
</nav>
<main>
${sections.join('\n')}
</main>
</div>
<script>${pageScript}</script>
</body>
</html>
`
}

function article(entry: RunbookEntry): string {
  const lines = entryLines(entry).map(([heading, text]) => `<dt>${heading}</dt><dd>${marked(text)}</dd>\n`)
  const links = entry.links.map((link) => `<li>${linked(link)}</li>`)
  // Codes are letters, digits, - _ . and need no escape, in an anchor either; the colon keeps the other ids apart from them.
  return `<article id="${entry.code}" tabindex="-1" aria-labelledby="name:${entry.code}">
<h3 id="name:${entry.code}"><a href="#${entry.code}">${entry.code}</a></h3>
<p class="title">${marked(entry.title)}</p>
<p>${marked(entry.meaning)}</p>
<dl>
${lines.join('')}</dl>
${links.length === 0 ? '' : `<ul>${links.join('')}</ul>\n`}</article>
`
}

function linked(link: string): string {
  const address = webAddress(link)
  return address === undefined
    ? marked(link)
    : `<a href="${escapeHtml(address)}" rel="noreferrer">${escapeHtml(link)}</a>`
}

/** A text in one line: what stands in backticks is code, and of the rest nothing is markup. */
function marked(text: string): string {
  return escapeHtml(text.trim().replace(/\s+/g, ' ')).replace(/`([^`]+)`/g, '<code>$1</code>')
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
