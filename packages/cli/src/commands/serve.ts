import { Command } from 'commander'
import { refuseOptions } from '../not-yet.ts'
import { addConditionOptions, type ConditionOptions } from '../serve/conditions/options/add-condition-options.ts'
import { toConditions } from '../serve/conditions/options/to-conditions.ts'
import { UsageError } from '../usage-error.ts'
import { parsePort } from './parse-port.ts'
import { untilStopped } from './until-stopped.ts'

const NOT_YET = [
  '--redis <url>',
  '--data <file>',
  '--principal-header <name>',
  '--token <name=token>',
  '--jwks <file>',
  '--watch',
]

interface ServeOptions extends ConditionOptions {
  readonly port: number
  readonly host: string
  readonly store: string
  readonly publicBaseUrl?: string
}

/** `createonce serve`: the bookshop on a real database, until it is told to stop. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('serve the built-in bookshop: publishers, books, orders')
    .argument('[openapi]', '(not in this version) an OpenAPI document to serve')
    .option('--port <n>', 'the port; 0 picks a free one', parsePort, 2010)
    .option('--host <host>', 'the address to listen on', 'localhost')
    .option('--store <store>', 'sqlite:FILE, or memory: for a temporary one', 'sqlite:.createonce/data.db')
    .option('--public-base-url <url>', 'the address by which clients reach it, behind a proxy')
    .action(async (document: string | undefined, options: ServeOptions) => {
      if (document !== undefined) {
        throw new UsageError(
          `Serving an OpenAPI document (${document}) is not in this version; without an argument the bookshop is served.`,
        )
      }
      // Loaded when it is needed: help and a mistake on the command line are told at once.
      const { startBookshop } = await import('./start-bookshop.ts')
      const running = await startBookshop({ ...options, conditions: toConditions(options), logs: true })
      const stopped = untilStopped(running.stop)
      for (const note of running.notes) process.stdout.write(`${note}\n`)
      process.stdout.write(`listening on ${running.url}\n`)
      await stopped
    })
  return refuseOptions(addConditionOptions(command), NOT_YET)
}
