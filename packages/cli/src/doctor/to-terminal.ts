import { basename } from 'node:path'
import { neutralise } from '@createonce/verifier'
import { wrapWords } from '../wrap-words.ts'
import type { DoctorReading, DoctorReport } from './doctor.ts'

const WIDTH = 100
const MARKS: Readonly<Record<DoctorReading['kind'], string>> = { good: '✓', warning: '!', bad: '✗', unknown: '?' }

/** A line for each reading; below what is not good, why it matters and how to mend it; at the end, how many. */
export function toTerminal({ profile, file, readings }: DoctorReport): string {
  const count = (kind: DoctorReading['kind']): number => readings.filter((reading) => reading.kind === kind).length
  const sums = [
    `${count('good')} good`,
    ...(count('warning') > 0 ? [`${count('warning')} to look at`] : []),
    ...(count('bad') > 0 ? [`${count('bad')} bad`] : []),
    ...(count('unknown') > 0 ? [`${count('unknown')} not seen`] : []),
  ]
  return [
    neutralise(`Profile ${profile} of ${basename(file)}`),
    '',
    ...readings.flatMap(toLines),
    '',
    `${sums.join(', ')}.`,
    '',
  ].join('\n')
}

function toLines({ kind, needs, subject, seen, probe, why, mend }: DoctorReading): string[] {
  const line = `${MARKS[kind]} ${needs}${subject === '' ? '' : ` (${subject})`}: ${seen}`
  if (kind === 'good') return [wrap(line, '    ')]
  if (kind === 'unknown') return [wrap(`${line} [${probe}]`, '    ')]
  return [wrap(`${line} [${probe}]`, '    '), wrap(`    Why: ${why}`, '    '), wrap(`    Mend: ${mend}`, '    ')]
}

function wrap(text: string, indent: string): string {
  return wrapWords(neutralise(text), WIDTH, indent)
}
