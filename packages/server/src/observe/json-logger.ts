import { systemTime, type Time } from '../idempotency/time.ts'
import type { Logger } from './log.ts'

/** Where the lines go. */
export interface JsonLoggerOptions {
  /**
   * Takes one line, with its line feed.
   * @default standard output
   */
  readonly write?: (line: string) => void
  readonly time?: Pick<Time, 'now'>
}

// pino's numbers, which log collectors know.
const LEVELS = { info: 30, warn: 40, error: 50 } as const

/**
 * A logger without a package: one JSON object a line in pino's shape, `level`, `time`, the fields, `msg`.
 *
 * @example
 * defineCreation({ …, log: jsonLogger() })
 */
export function jsonLogger(options: JsonLoggerOptions = {}): Logger {
  const { write = (line) => void process.stdout.write(line), time = systemTime } = options
  const at = (level: keyof typeof LEVELS) => (fields: object, message?: string) => {
    const line = JSON.stringify({ level: LEVELS[level], time: time.now(), ...fields, msg: message }, toPlain)
    write(`${escaped(line)}\n`)
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/** An error has no enumerable members, and would be written as `{}`. */
function toPlain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (!(value instanceof Error)) return value
  const { message, stack, cause } = value
  const { errors, code } = value as { readonly errors?: unknown; readonly code?: unknown }
  return { type: value.constructor.name, message, stack, code, cause, errors }
}

// What JSON leaves as it is and a terminal obeys, or takes for the end of a line.
function escaped(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
