import { Command } from 'commander'
import { demoCommand } from './commands/demo.ts'
import { diffCommand } from './commands/diff.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { initCommand } from './commands/init.ts'
import { keysCommand } from './commands/keys.ts'
import { runbookCommand } from './commands/runbook.ts'
import { serveCommand } from './commands/serve.ts'
import { smokeCommand } from './commands/smoke.ts'
import { verifyCommand } from './commands/verify.ts'
import { version } from './version.ts'

/** Makes the command line: every command. */
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
    initCommand(),
    keysCommand(),
  ]) {
    program.addCommand(
      command.exitOverride().showHelpAfterError(`(createonce ${command.name()} --help lists the options)`),
    )
  }
  return program
}
