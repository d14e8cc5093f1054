const columns = [
  ['document', 34, ({ name }) => name],
  ['OpenAPI', 7, ({ version = '' }) => version],
  ['operations', 10, ({ operations }) => operations],
  ['creations', 9, ({ creations }) => creations],
  ['served', 6, ({ served }) => served],
  ['passed', 6, ({ passed }) => passed],
  ['failed', 6, ({ failures }) => failures.length],
  ['about it', 8, ({ aboutDocument = 0 }) => aboutDocument],
  ['inconclusive', 12, ({ inconclusive }) => inconclusive],
  ['requests', 8, ({ requests = 0 }) => requests],
  ['seconds', 7, ({ seconds }) => seconds],
  ['start ms', 8, ({ startedInMs }) => startedInMs],
]

/** The line above the rows. */
export function headLine() {
  return columns.map(([title, width], index) => padded(title, width, index)).join('  ')
}

/** What became of one document, in a line. */
export function toLine(row) {
  return columns.map(([, width, cell], index) => padded(String(cell(row)), width, index)).join('  ')
}

/** All documents together, in the same columns. */
export function sumLine(rows) {
  const total = (member) => rows.reduce((sum, row) => sum + (row[member] ?? 0), 0)
  const members = ['operations', 'creations', 'served', 'passed', 'aboutDocument', 'inconclusive', 'requests']
  return toLine({
    name: `${rows.length} documents`,
    ...Object.fromEntries(members.map((member) => [member, total(member)])),
    failures: rows.flatMap(({ failures }) => failures),
    seconds: Math.round(total('seconds') * 10) / 10,
    startedInMs: Math.max(...rows.map(({ startedInMs }) => startedInMs)),
  })
}

/** Why creations of a document are not served, a line each. */
export function whyNot({ unserved }) {
  return unserved.filter(({ creates }) => creates).map(({ operation, why }) => `    not served: ${operation}: ${why}`)
}

/** What went wrong with a document: what was seen, and how to see it again. */
export function evidenceOf({ failures }) {
  return failures.flatMap(({ check, operation, level, message, reproduce }) => [
    `    ${level} ${check} ${operation}`,
    `      ${message.replaceAll('\n', '\n      ')}`,
    ...(reproduce === undefined ? [] : [`      ${reproduce}`]),
  ])
}

function padded(text, width, index) {
  return index < 2 ? text.slice(-width).padEnd(width) : text.padStart(width)
}
