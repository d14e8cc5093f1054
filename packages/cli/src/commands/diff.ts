import { Command } from 'commander'
import { UsageError } from '../usage-error.ts'
import { addVerifyFlags, type VerifyFlags } from './verify-flags.ts'

/** The options that diff has in common with verify. */
const SHARED: ReadonlySet<string | undefined> = new Set([
  ...['--operation', '--seed', '--timeout', '--rate', '--read-only', '--yes'],
])

/** What the options of `createonce diff` say. */
interface DiffFlags extends Omit<VerifyFlags, 'json'> {
  readonly json?: boolean
}

/** `createonce diff PROFILE PROFILE`: the same few requests in two environments, and what differs. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('send the requests of smoke to two profiles, and tell what differs')
    .argument('<profile>', 'a profile of createonce.config.{ts,mts,js,mjs,json}')
    .argument('<other>', 'the profile to compare it with')
    .option('--json', 'the differences as one JSON document')
    .addHelpText(
      'after',
      '\nWhere one of the profiles says that nothing may be created, both are only read.\n\nExit code: 0 no difference, 1 differences, 2 wrong usage,\n3 one could not be tried.',
    )
    .action(async (one: string, other: string, { json, ...flags }: DiffFlags) => {
      if (one === other) throw new UsageError(`${one} is compared with itself; name two profiles.`)
      const { profiled } = await import('../config/profiled.ts')
      const [first, second] = [
        await profiled(command, { ...flags, profile: one }),
        await profiled(command, { ...flags, profile: other }),
      ]
      const { runDiff } = await import('./diff/run-diff.ts')
      process.exitCode = await runDiff([first, second], json === true)
    })
  for (const option of addVerifyFlags(new Command()).options) if (SHARED.has(option.long)) command.addOption(option)
  return command
}
