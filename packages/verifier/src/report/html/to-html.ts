import { createHash } from 'node:crypto'
import type { Report } from '../report.ts'
import { type VerdictWord, verdictWord } from '../verdict-word.ts'
import { escapeHtml } from './escape-html.ts'
import { findings } from './findings.ts'
import { matrix, signs } from './matrix.ts'
import { pageData } from './page-data.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

const words = Object.keys(signs) as VerdictWord[]
const nouns: Readonly<Record<VerdictWord, string>> = {
  error: 'errors',
  warning: 'warnings',
  note: 'notes',
  pass: 'passed',
  inconclusive: 'inconclusive',
  skip: 'skipped',
  broken: 'broken',
}

/**
 * The report as one HTML page that needs no network. Its content security policy lets run the one script and the one
 * style that it brings, by their digests, and nothing else, wherever it came from.
 */
export function toHtml(report: Report): string {
  const policy = [
    "default-src 'none'",
    `script-src ${digest(pageScript)}`,
    `style-src ${digest(pageStyle)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const { target } = report
  const run = [
    target.document,
    ...(target.profile === undefined ? [] : [`profile ${target.profile}`]),
    ...(report.guidelines === undefined || report.guidelines.name === 'rfc' ? [] : [`by ${report.guidelines.title}`]),
    report.startedAt,
    `${report.requests} requests`,
    `${(report.durationMs / 1000).toFixed(1)} s`,
    `seed ${report.seed}`,
    `createonce ${report.tool.version}`,
  ].map((text) => `<li>${escapeHtml(text)}</li>`)
  const choices = words.map((word) => {
    const count = report.results.filter((result) => verdictWord(result) === word).length
    return count === 0
      ? ''
      : `<label class="choice"><input type="checkbox" name="word" value="${word}" checked><span class="v ${word}" aria-hidden="true">${signs[word]}</span><b>${count}</b> ${nouns[word]}</label>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(`Creation at ${target.baseUrl}`)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Creation at <bdi>${escapeHtml(target.baseUrl)}</bdi></h1>
<ul class="run">${run.join('')}</ul>
<button id="theme" type="button" hidden>Dark or light</button>
</header>
<form id="filter" role="search" aria-label="Filter the checks">
<label class="text">Filter <input type="search" id="text" placeholder="check or group" autocomplete="off"></label>
<fieldset><legend class="unseen">Show checks with</legend>${choices.join('')}</fieldset>
<output id="shown" for="text"></output>
</form>
<noscript><p class="noscript">The matrix and the findings are readable as they are; filtering and the evidence of a cell need scripts.</p></noscript>
<main>
<section class="matrix" aria-label="Matrix of operations and checks" tabindex="0">
${matrix(report)}
</section>
<section class="side" aria-label="Findings and evidence">
<div id="detail" hidden></div>
<div id="findings">
${findings(report)}
</div>
</section>
</main>
<script type="application/json" id="data">${pageData(report)}</script>
<script>${pageScript}</script>
</body>
</html>
`
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
