// node table.mjs results.json: the results of `npm run bench -- --json results.json` as the tables of README.md.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { columnsOf } from './columns.mjs'

/** The results as Markdown. */
export function toMarkdown({ machine, effort, benchmarks }) {
  const head = `${machine}; ${effort.rounds} rounds of ${effort.ms} ms.${effort.isShort ? ' **The short form: nothing of this is a measurement.**' : ''}`
  return [head, ...benchmarks.map(({ title, rows }) => `### ${title}\n\n${tableOf(rows, effort)}`)].join('\n\n')
}

function tableOf(rows, effort) {
  const table = columnsOf(rows, effort)
  const names = Object.keys(table[0])
  const lines = [names, names.map(() => '---'), ...table.map((columns) => Object.values(columns).map(escaped))]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function escaped(value) {
  return String(value).replaceAll('|', '\\|')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , file] = process.argv
  if (file === undefined) {
    console.error('Usage: node table.mjs results.json, a file written by `npm run bench -- --json results.json`.')
    process.exit(2)
  }
  console.log(toMarkdown(JSON.parse(readFileSync(file, 'utf8'))))
}
