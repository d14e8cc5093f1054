import { Command, Option } from 'commander'

/** `createonce runbook`: every entry, in one file. */
export function runbookCommand(): Command {
  return new Command('runbook')
    .description('write the runbook: every code, what it means and what to do first, with your own entries')
    .addOption(new Option('--format <format>', 'Markdown, or HTML in one file').choices(['md', 'html']).default('md'))
    .option('--out <file>', 'where it goes, instead of standard output')
    .action(async (options: { format: 'md' | 'html'; out?: string }) => {
      const { writeRunbook } = await import('../runbook/write-runbook.ts')
      await writeRunbook({ ...options, folder: process.cwd() })
    })
}
