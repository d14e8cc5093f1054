import type { DoctorReading, DoctorReport } from './doctor.ts'

/** What is bad about the surroundings of a service. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError'
  readonly bad: readonly DoctorReading[]

  constructor(profile: string, bad: readonly DoctorReading[]) {
    const lines = bad.map(({ probe, subject, needs, seen, mend }) => {
      return `  ${needs}${subject === '' ? '' : ` (${subject})`}: ${seen} [${probe}]\n    ${mend}`
    })
    super(`The profile ${profile} lacks what it needs:\n${lines.join('\n')}`)
    this.bad = bad
  }
}

/** Throws a {@link DoctorError} that lists everything that is bad; warnings pass. */
export function requireGood({ profile, readings }: DoctorReport): void {
  const bad = readings.filter(({ kind }) => kind === 'bad')
  if (bad.length > 0) throw new DoctorError(profile, bad)
}
