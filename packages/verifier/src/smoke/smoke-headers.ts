import type { HeaderLine } from '../exchange/exchange.ts'

/** The header lines of a run, with a User-Agent by which its requests are told apart in logs, where none is given. */
export function smokeHeaders(given: readonly HeaderLine[] = []): HeaderLine[] {
  const hasOwn = given.some(([name]) => name.toLowerCase() === 'user-agent')
  return hasOwn ? [...given] : [...given, ['User-Agent', 'createonce-smoke']]
}
