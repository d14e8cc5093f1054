import { Command } from 'commander'
import { findConfig } from '../config/find-config.ts'
import { UsageError } from '../usage-error.ts'
import { checkReports } from './check-reports.ts'
import { readSource } from './example/read-source.ts'
import { parseDuration } from './parse-duration.ts'
import type { SmokeFlags } from './smoke/run-smoke.ts'
import { addVerifyFlags } from './verify-flags.ts'

/** The options that smoke has in common with verify. */
const SHARED: ReadonlySet<string | undefined> = new Set([
  ...['--json', '--curl', '--base-url', '--header', '--operation', '--unique', '--required', '--duplicates'],
  ...['--idempotency', '--report', '--fail-on', '--seed', '--timeout', '--rate', '--read-only', '--yes'],
])

/** `createonce smoke [TARGET]`: the few requests that show that a deployment works. */
export function smokeCommand(): Command {
  const command = new Command('smoke')
    .description('try a deployment with few requests: create, follow Location, compare, retry, reject, clean up')
    .argument('[target]', 'as for verify; without one, the profile of createonce.config')
    .argument('[request...]', 'instead, one example request, as for verify')
    .option('--profile <name>', 'a profile of createonce.config.{ts,mts,js,mjs,json}')
    .option('--wait <duration>', 'wait for readiness, with growing pauses: 60s, 500ms, 2m', parseDuration)
    .addHelpText(
      'after',
      '\nAt most ten requests for each operation; what it creates is named\ncreateonce-… and deleted again.\n\nExit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage,\n3 the target could not be judged.',
    )
    .action(async (target: string | undefined, request: string[], given: SmokeFlags) => {
      const words = target === undefined ? [] : [target, ...request]
      const { source, flags, profile } = await read(command, words, given)
      checkReports(flags.report ?? [])
      const { runSmoke } = await import('./smoke/run-smoke.ts')
      process.exitCode = await runSmoke(source, flags, profile)
    })
  for (const option of addVerifyFlags(new Command()).options) if (SHARED.has(option.long)) command.addOption(option)
  return command
}

async function read(command: Command, words: readonly string[], given: SmokeFlags) {
  const isRequest = words.length > 1 || given.curl !== undefined || given.json !== undefined
  if (isRequest && given.profile !== undefined)
    throw new UsageError('--profile says where a whole API is; an example request stands beside it.')
  if (isRequest || (words.length === 1 && given.profile === undefined))
    return { source: readSource(words, given), flags: given, profile: {} }
  if (given.profile === undefined && findConfig(process.cwd()) === undefined)
    throw new UsageError(
      "missing argument 'target' (the URL or file of an OpenAPI document, a base URL, or a request), and there is no createonce.config.ts here or in a folder above.",
    )
  const { profiled } = await import('../config/profiled.ts')
  const { chosen, target, flags } = await profiled(command, given, words[0])
  const source = { kind: 'document', name: target } as const
  return { source, flags: flags as SmokeFlags, profile: chosen.profile }
}
