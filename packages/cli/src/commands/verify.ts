import { Command } from 'commander'
import { refuseOptions } from '../not-yet.ts'
import { checkReports } from './check-reports.ts'
import { readSource } from './example/read-source.ts'
import { readBaseline } from './read-baseline.ts'
import { addVerifyFlags, type VerifyFlags } from './verify-flags.ts'

const NOT_YET = ['--profile <name>']

/** `createonce verify TARGET` or `createonce verify POST URL name=value`: judges a running API by experiment. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('judge by experiment whether a running API creates resources correctly')
    .argument('[target]', 'the URL or file of an OpenAPI document, or a base URL where one is looked for')
    .argument('[request...]', 'instead, one example request: POST http://localhost:5000/items name=tea qty:=2')
    .addHelpText(
      'after',
      "\nAn example request is spelled as for HTTPie: name=text, name:=JSON,\n'Name:header', name==query.\n\nExit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage,\n3 the target could not be judged.",
    )
    .action(async (target: string | undefined, request: string[], flags: VerifyFlags) => {
      const source = readSource(target === undefined ? [] : [target, ...request], flags)
      checkReports(flags.report ?? [])
      const baseline = await readBaseline(flags)
      // Loaded when it is needed: help and a mistake on the command line are told without waiting for the verifier.
      const { judgeTarget } = await import('./judge-target.ts')
      process.exitCode = await judgeTarget(source, flags, baseline)
    })
  return refuseOptions(addVerifyFlags(command), NOT_YET)
}
