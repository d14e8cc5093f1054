import { goals } from './goals.mjs'

/**
 * Puts beside each row of a benchmark what is demanded of it and whether the medians reach it. The rows must be exactly
 * those of the table of goals: a goal whose row was not measured would look as if nobody had set it.
 */
export function judge(benchmark, rows) {
  const table = goals[benchmark]
  const measured = rows.map(({ row }) => row)
  const wanted = Object.keys(table)
  if (measured.length !== wanted.length || wanted.some((row) => !measured.includes(row))) {
    throw new Error(
      `The benchmark ${benchmark} measured the rows ${JSON.stringify(measured)}; goals.mjs has ${JSON.stringify(wanted)}.`,
    )
  }
  return rows.map((row) => ({ ...row, ...judgeRow(benchmark, row, Object.entries(table[row.row])) }))
}

function judgeRow(benchmark, { row, figures }, demands) {
  const verdicts = demands.map(([name, { sign, limit }]) => {
    const figure = figures[name]
    if (figure === undefined)
      throw new Error(`${benchmark}, ${row}: goals.mjs asks for ${name}, which was not measured.`)
    return sign === '≥' ? figure.median >= limit : figure.median <= limit
  })
  return {
    goal: demands.map(([name, { sign, limit }]) => `${name} ${sign} ${limit}`).join(', '),
    reached: demands.length === 0 ? '' : verdicts.every(Boolean) ? 'yes' : 'no',
  }
}
