import { Command } from 'commander'

/** `createonce explain`: one entry of the runbook in the terminal. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('tell what a code means and what to do first: a problem, an alert, a probe, a check')
    .argument('<code>', "the code of a log line, an alert or a report, or a problem's type")
    .option('--json', 'one JSON document')
    .action(async (code: string, { json }: { json?: true }) => {
      const { explain } = await import('../runbook/explain.ts')
      process.stdout.write(await explain(code, { folder: process.cwd(), asJson: json === true }))
    })
}
