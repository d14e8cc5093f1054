import { type Command, InvalidArgumentError } from 'commander'
import { parsePositive } from '../../../commands/parse-count.ts'
import { defaultLimits } from '../limits.ts'
import { parseLatency } from './parse-latency.ts'
import { parseOrigin } from './parse-origin.ts'
import { parseSeed } from './parse-seed.ts'
import { parseShare } from './parse-share.ts'
import { parseSize } from './parse-size.ts'

/** What the options of conditions say. */
export interface ConditionOptions {
  readonly cors?: readonly string[]
  readonly latency?: { readonly fromMs: number; readonly toMs: number }
  readonly fault?: number
  readonly seed?: number
  readonly record?: string
  readonly maxBody: number
  readonly maxConnections: number
}

/** Adds the options that say what a server does to requests besides serving them. */
export function addConditionOptions(command: Command): Command {
  return command
    .option('--cors <origin>', 'let pages of this origin call, or of all with *; repeatable', parseOrigin)
    .option('--latency <ms>', 'let each request wait, 100 or between 50-200 milliseconds', parseLatency)
    .option(
      '--fault <percent>',
      'let this share of the writes fail, 5%: for testing the retries of clients',
      parseShare,
    )
    .option('--seed <n>', 'repeats latencies and faults', parseSeed)
    .option('--record <file>', 'record the exchanges as an HTTP Archive (.har)', parseFile)
    .option(
      '--max-body <size>',
      'how large a body may be, in bytes, or as 64kB, 1MB',
      parseSize,
      defaultLimits.maxBodyBytes,
    )
    .option('--max-connections <n>', 'how many connections are served', parsePositive, defaultLimits.maxConnections)
}

function parseFile(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Name a file, such as traffic.har.')
}
