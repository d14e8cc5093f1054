import { Command } from 'commander'
import type { InitFlags } from '../init/run-init.ts'

/** `createonce init`: configuration, workflow, contract test and health probes for the project in this folder. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a configuration, a workflow, a contract test and health probes into this project')
    .option('--base-url <url>', 'where the service answers on this machine')
    .option('--start <command>', 'what starts the service')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--json', 'what was done, as one JSON document')
    .addHelpText('after', '\nNothing that is there is overwritten: it is left, and what differs is shown.')
    .action(async (flags: InitFlags) => {
      const { runInit } = await import('../init/run-init.ts')
      process.stdout.write(runInit(process.cwd(), flags))
    })
}
