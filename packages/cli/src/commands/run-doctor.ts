import { doctor } from '../doctor/doctor.ts'
import { toJson } from '../doctor/to-json.ts'
import { toTerminal } from '../doctor/to-terminal.ts'

/** Looks at a profile, writes what was seen, and ends the process with the exit code. */
export async function runDoctor(flags: { profile?: string; beforeStart?: true; json?: true }): Promise<never> {
  const report = await doctor({
    beforeStart: flags.beforeStart === true,
    ...(flags.profile !== undefined && { profile: flags.profile }),
  })
  const text = flags.json ? toJson(report) : toTerminal(report)
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
  // What was given up may still wait for an answer (a name server takes its time), and would keep the process alive.
  process.exit(report.readings.some(({ kind }) => kind === 'bad') ? 1 : 0)
}
