import { Command } from 'commander'
import { refuseOptions } from '../not-yet.ts'
import { addConditionOptions, type ConditionOptions } from '../serve/conditions/options/add-condition-options.ts'
import { toConditions } from '../serve/conditions/options/to-conditions.ts'
import { addSecurityOptions, type SecurityOptions } from '../serve/security/options/add-security-options.ts'
import { UsageError } from '../usage-error.ts'
import { parsePort } from './parse-port.ts'
import { untilStopped } from './until-stopped.ts'

const NOT_YET = ['--redis <url>']

interface ServeOptions extends ConditionOptions, SecurityOptions {
  readonly port: number
  readonly host: string
  readonly store: string
  readonly publicBaseUrl?: string
  readonly unique?: readonly string[]
  readonly duplicates?: readonly string[]
  readonly idempotency?: readonly string[]
  readonly data?: string
  readonly dataPrincipal?: string
  readonly watch?: boolean
}

const ABOUT_DOCUMENTS = [
  ['unique', '--unique'],
  ['duplicates', '--duplicates'],
  ['idempotency', '--idempotency'],
  ['data', '--data'],
  ['dataPrincipal', '--data-principal'],
  ['watch', '--watch'],
  ['token', '--token'],
  ['jwks', '--jwks'],
  ['jwtIssuer', '--jwt-issuer'],
  ['jwtAudience', '--jwt-audience'],
  ['principalHeader', '--principal-header'],
] as const

/** `createonce serve`: an OpenAPI document, or the bookshop, on a real database, until it is told to stop. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('serve an OpenAPI document for real; without one the built-in bookshop')
    .argument('[openapi]', 'the file or URL of an OpenAPI document, 2.0 to 3.2')
    .option('--port <n>', 'the port; 0 picks a free one', parsePort, 2010)
    .option('--host <host>', 'the address to listen on', 'localhost')
    .option(
      '--store <store>',
      'sqlite:FILE, postgres://…, or memory: for a temporary one',
      'sqlite:.createonce/data.db',
    )
    .option('--public-base-url <url>', 'the address by which clients reach it, behind a proxy')
    .option('--unique <field...>', 'the natural key of what is created, email or createUser=email')
    .option('--duplicates <policy...>', 'reject, return-existing or allow; for one, createUser=reject')
    .option('--idempotency <policy...>', 'off, optional or required; for one, createUser=required')
    .option('--data <file>', 'resources to begin with: { "/users": [{ … }] }, JSON or YAML')
    .option('--data-principal <name>', 'whose they are, where a principal is asked for')
    .option('--watch', 'serve the document anew when its file changes')
    .action(async (document: string | undefined, options: ServeOptions) => {
      const running = await start(document, options)
      const stopped = untilStopped(running.stop)
      process.stdout.write(`listening on ${running.url}\n`)
      await stopped
    })
  return refuseOptions(addSecurityOptions(addConditionOptions(command)), NOT_YET)
}

/** Loads what is needed when it is: help and a mistake on the command line are told at once. */
async function start(
  document: string | undefined,
  options: ServeOptions,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const conditions = toConditions(options)
  const tell = (lines: readonly string[]): void => {
    for (const line of lines) process.stdout.write(`${line}\n`)
  }
  if (document !== undefined) {
    if (options.watch === true && /^https?:/i.test(document)) {
      // The URL is not repeated: it may hold a password.
      throw new UsageError('--watch watches a file, and the document is a URL. Save it to a file, and serve that.')
    }
    const { startDocument } = await import('./start-document.ts')
    const { readCredentials } = await import('../serve/security/credentials/read-credentials.ts')
    const credentials = readCredentials(options, process.env)
    return startDocument({ ...options, document, conditions, credentials, tell })
  }
  for (const [name, option] of ABOUT_DOCUMENTS) {
    if (options[name] !== undefined)
      throw new UsageError(`${option} is about an OpenAPI document; the bookshop has its own rules. Name a document.`)
  }
  const { startBookshop } = await import('./start-bookshop.ts')
  const running = await startBookshop({ ...options, conditions, logs: true })
  tell(running.notes)
  return running
}
