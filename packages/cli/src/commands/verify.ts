import { Command } from 'commander'
import { refuseOptions } from '../not-yet.ts'
import { UsageError } from '../usage-error.ts'
import { checkReports } from './check-reports.ts'
import { addVerifyFlags, type VerifyFlags } from './verify-flags.ts'

const NOT_YET = [
  '--other-header <header>',
  '--profile <name>',
  '--start <command>',
  '--baseline <file>',
  '--update-baseline',
  '--read-only',
  '--hostile',
  '--har <file>',
  '--json <text>',
  '--curl <command>',
]

/** `createonce verify TARGET`: judges a running API by experiment. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('judge by experiment whether a running API creates resources correctly')
    .argument('<target>', 'the URL or file of an OpenAPI document, or a base URL where one is looked for')
    .argument('[more...]', '(not in this version) an example request')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage,\n3 the target could not be judged.',
    )
    .action(async (source: string, more: string[], flags: VerifyFlags) => {
      if (more.length > 0 || /^(POST|PUT)$/i.test(source)) {
        throw new UsageError(
          'An example request instead of a document is not in this version; name an OpenAPI document or a base URL.',
        )
      }
      checkReports(flags.report ?? [])
      // Loaded when it is needed: help and a mistake on the command line are told without waiting for the verifier.
      const { judgeTarget } = await import('./judge-target.ts')
      process.exitCode = await judgeTarget(source, flags)
    })
  return refuseOptions(addVerifyFlags(command), NOT_YET)
}
