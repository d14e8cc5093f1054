import { textOf } from './figures.mjs'

/**
 * Judged rows as a table shows them, all with the same columns: the name, the figures and facts, the goal, and whether it
 * is reached. The short form is too short to judge.
 */
export function columnsOf(rows, { isShort }) {
  const named = rows.map(({ row, figures, facts }) => ({
    row,
    ...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, textOf(figure)])),
    ...facts,
  }))
  const names = [...new Set(named.flatMap((columns) => Object.keys(columns)))]
  return rows.map(({ goal, reached }, index) => ({
    ...Object.fromEntries(names.map((name) => [name, named[index][name] ?? ''])),
    goal,
    reached: isShort && reached !== '' ? 'not judged' : reached,
  }))
}
