import { CommanderError } from 'commander'
import { Interrupted } from './commands/interrupted.ts'
import { createProgram } from './create-program.ts'
import { UsageError } from './usage-error.ts'

/** Parses the command line, runs the command, and sets the exit code: 0 good, 1 findings, 2 wrong usage, 3 not judged. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', surviveClosedPipe)
  try {
    await createProgram().parseAsync(argv)
  } catch (error) {
    process.exitCode = explain(error)
  }
}

function explain(error: unknown): number {
  // Commander has printed its own message; only help and --version are no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) {
    process.stderr.write(`createonce: ${error.message}\n`)
    return 2
  }
  if (error instanceof Interrupted) {
    process.stderr.write(`createonce: ${error.message}\n`)
    return 3
  }
  const { stack, message } = error as Error
  process.stderr.write(`createonce: this should not have happened: ${stack ?? message}\n`)
  return 3
}

// `createonce verify … | head` closes the pipe while the run goes on: what is created has still to be deleted, and the
// exit code still counts.
function surviveClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
