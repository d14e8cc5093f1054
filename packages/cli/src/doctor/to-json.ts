import { version } from '../version.ts'
import type { DoctorReport } from './doctor.ts'

/** The report as one JSON document, for machines. */
export function toJson({ profile, file, readings }: DoctorReport): string {
  const count = (kind: string): number => readings.filter((reading) => reading.kind === kind).length
  const summary = { good: count('good'), warning: count('warning'), bad: count('bad'), unknown: count('unknown') }
  const tool = { name: 'createonce', version }
  return `${JSON.stringify({ schemaVersion: 1, tool, profile, configuration: file, summary, readings }, null, 2)}\n`
}
