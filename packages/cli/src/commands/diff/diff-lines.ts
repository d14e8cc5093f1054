import { neutralise } from '@createonce/verifier'
import type { Difference } from './fact.ts'

/** What two environments do not share, and what is to be known besides. */
export interface Comparison {
  readonly names: readonly [string, string]
  readonly differences: readonly Difference[]
  readonly notes: readonly string[]
  readonly facts: number
}

// Three columns on a wide screen; what is longer stands in the JSON.
const WIDEST = 50

/** The comparison as a table for a terminal. */
export function diffLines({ names, differences, notes, facts }: Comparison): string {
  const rows = differences.map(({ name, one, other }) => [name, one ?? '–', other ?? '–'].map(cell))
  const heads = ['', ...names].map(cell)
  const widths = [0, 1].map((column) => Math.max(...[heads, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()
  const lines: string[] = differences.length === 0 ? [] : [line(heads)]
  let subject: string | undefined
  for (const [index, difference] of differences.entries()) {
    if (difference.subject !== subject) lines.push(neutralise(difference.subject))
    subject = difference.subject
    lines.push(line(rows[index] ?? []))
  }
  if (lines.length > 0) lines.push('')
  for (const note of notes) lines.push(`note: ${neutralise(note)}`)
  const count = differences.length
  const many = count === 0 ? 'No difference' : `${count} difference${count === 1 ? '' : 's'}`
  lines.push(`${many} between ${names.join(' and ')}; ${facts} facts compared`)
  return `${lines.join('\n')}\n`
}

function cell(text: string): string {
  const plain = neutralise(text)
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain
}
