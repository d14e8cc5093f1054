import { Command } from 'commander'
import { demoCommand } from './commands/demo.ts'
import { diffCommand } from './commands/diff.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { runbookCommand } from './commands/runbook.ts'
import { serveCommand } from './commands/serve.ts'
import { smokeCommand } from './commands/smoke.ts'
import { verifyCommand } from './commands/verify.ts'
import { refuseCommand } from './not-yet.ts'
import { version } from './version.ts'

const NOT_YET: readonly string[] = ['keys', 'init']

/** Makes the command line: every command, and by name those that are not in this version. */
export function createProgram(): Command {
  const program = new Command('createonce')
    .description('Creation over HTTP: serve it right, prove it right.')
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(createonce --help lists the commands and options)')
    .exitOverride()
  for (const command of [
    serveCommand(),
    verifyCommand(),
    smokeCommand(),
    diffCommand(),
    demoCommand(),
    explainCommand(),
    runbookCommand(),
    doctorCommand(),
    ...NOT_YET.map(refuseCommand),
  ]) {
    program.addCommand(
      command.exitOverride().showHelpAfterError(`(createonce ${command.name()} --help lists the options)`),
      {
        hidden: NOT_YET.includes(command.name()),
      },
    )
  }
  return program
}
