import { Command } from 'commander'

/** `createonce doctor`: looks at what the profile needs, before a rollout and beside a running API. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at what a profile needs, and say how to mend what is wrong')
    .option('--profile <name>', 'the profile of createonce.config')
    .option('--before-start', 'the API is still to be started: ask nothing of it')
    .option('--json', 'one JSON document instead of lines')
    .addHelpText('after', '\nExit code: 0 nothing is bad, 1 something is, 2 wrong usage or configuration.')
    .action(async (flags: { profile?: string; beforeStart?: true; json?: true }) => {
      const { runDoctor } = await import('./run-doctor.ts')
      await runDoctor(flags)
    })
}
