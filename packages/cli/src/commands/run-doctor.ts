import { doctor } from '../doctor/doctor.ts'
import { toJson } from '../doctor/to-json.ts'
import { toTerminal } from '../doctor/to-terminal.ts'

/** Looks at a profile, writes what was seen, and returns the exit code. */
export async function runDoctor(flags: { profile?: string; beforeStart?: true; json?: true }): Promise<number> {
  const report = await doctor({
    beforeStart: flags.beforeStart === true,
    ...(flags.profile !== undefined && { profile: flags.profile }),
  })
  process.stdout.write(flags.json ? toJson(report) : toTerminal(report))
  return report.readings.some(({ kind }) => kind === 'bad') ? 1 : 0
}
