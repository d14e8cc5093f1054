import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../usage-error.ts'
import { type KeysAction, type KeysFlags, keysActions, meaningful } from './keys/keys-flags.ts'
import { parseAge } from './keys/parse-age.ts'
import { parsePositive } from './parse-count.ts'

const STATES = ['completed', 'expired', 'in-flight', 'blocked', 'abandoned']

/** `createonce keys list|show|release|purge`: an operator's look at the recorded keys, and the ways out. */
export function keysCommand(): Command {
  const command = new Command('keys')
    .description('look at recorded idempotency keys, release a blocked one, purge')
    .addArgument(new Argument('<action>', 'what to do').choices(keysActions))
    .argument('[key]', 'for show and release: the Idempotency-Key')
    .option('--store <store>', 'sqlite:FILE, postgres://… or redis://…; or which of the profile')
    .option('--profile <name>', 'take the store from this profile of createonce.config')
    .option('--schema <name>', 'PostgreSQL: the schema of the records')
    .option('--prefix <text>', 'Redis: what the names of the records begin with')
    .option('--operation <name>', 'keys of this operation')
    .option('--principal <name>', 'keys of this caller; with purge: erase all of theirs')
    .addOption(new Option('--state <state>', 'list: keys in this state').choices(STATES))
    .option('--older-than <age>', 'list: keys at least so old: 90s, 15m, 1h, 7d', parseAge)
    .option('--limit <n>', 'list, purge: at most so many', parsePositive)
    .option('--hash <hex>', 'show, release: the key of a log line', parseHash)
    .option('--log-secret-env <name>', 'the variable that holds the logSecret of the service')
    .option('--clear', 'show principals, keys and answers in clear')
    .option('--json', 'one JSON document')
    .option('--yes', 'release, purge: do not ask')
    .option('--audit <file>', 'release, purge: append the audit line to this file')
    .addHelpText(
      'after',
      '\nExit code: 0 done, 1 there is no such key or nothing to release, 2 wrong usage,\n3 the store is out of reach.',
    )
    .action(async (action: KeysAction, key: string | undefined, flags: KeysFlags) => {
      refuseMeaningless(command, action, key)
      const { runKeys } = await import('./keys/run-keys.ts')
      process.exitCode = await runKeys(action, key, flags)
    })
  return command
}

function refuseMeaningless(command: Command, action: KeysAction, key: string | undefined): void {
  for (const option of command.options) {
    const isGiven = command.getOptionValue(option.attributeName()) !== undefined
    if (isGiven && !meaningful[action].includes(option.attributeName())) {
      throw new UsageError(`${option.long} has no meaning for createonce keys ${action}.`)
    }
  }
  if (key !== undefined && (action === 'list' || action === 'purge')) {
    throw new UsageError(`createonce keys ${action} takes no key.`)
  }
}

function parseHash(text: string): string {
  if (/^[0-9a-f]{6,16}$/i.test(text)) return text.toLowerCase()
  throw new InvalidArgumentError('It must be 6 to 16 hexadecimal digits, as a log line has them.')
}
