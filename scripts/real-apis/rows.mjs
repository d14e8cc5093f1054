const columns = [
  'API',
  'version',
  'what',
  'creations',
  'requests',
  'seconds',
  'errors',
  'warnings',
  'notes',
  'inconclusive',
]

/** One verification in numbers. */
export function rowOf({ name, version }, what, { exit, report }) {
  const failed = (level) => report.results.filter((one) => one.verdict === 'fail' && one.level === level).length
  const ended = (verdict) => report.results.filter((one) => one.verdict === verdict).length
  const cells = [
    ...[name, version, what, report.operations.length, report.requests, (report.durationMs / 1000).toFixed(1)],
    ...[failed('error'), failed('warning'), failed('note'), ended('inconclusive')],
  ]
  return { exit, cells: cells.map(String) }
}

/** The rows as a Markdown table. */
export function toTable(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map(({ cells }) => line(cells))].join('\n')
}
