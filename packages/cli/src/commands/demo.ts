import { Command } from 'commander'
import { checkReports } from './check-reports.ts'
import { parsePort } from './parse-port.ts'
import type { DemoOptions } from './run-demo.ts'

/** `createonce demo`: serves the bookshop, verifies it, says how to try it, and goes on serving. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('serve the bookshop, verify it, and show how to try it')
    .option('--port <n>', 'the port; 0 picks a free one', parsePort, 2010)
    .option('--host <host>', 'the address to listen on', 'localhost')
    .option('--store <store>', 'sqlite:FILE, or memory: for a temporary one', 'sqlite:.createonce/data.db')
    .option('--report <file>', 'where the JSON report goes', 'createonce-report.json')
    .option('--once', 'stop after the report instead of serving on')
    .action(async (options: DemoOptions) => {
      checkReports([{ file: options.report }])
      // Loaded when it is needed: help and a mistake on the command line are told at once.
      const { runDemo } = await import('./run-demo.ts')
      await runDemo(options)
    })
}
