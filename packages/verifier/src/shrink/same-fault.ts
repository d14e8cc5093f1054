import type { Finding } from '../evidence/verdict.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { isObject, parseJson, stringsWithin } from '../experiments/json-node.ts'

// Fresh names and values are longer.
const shortest = 8

/** Finds an exchange of the run. */
export type ExchangeOf = (id: number) => Exchange | undefined

/** Tells whether two findings of one check are about the same thing: its grade, its remedy, what the answer was. */
export function isSameFault(one: Finding, other: Finding, exchangeOf: ExchangeOf): boolean {
  const outcome = ({ evidence: [first] }: Finding): unknown => {
    const exchange = first === undefined ? undefined : exchangeOf(first)
    return [exchange?.request.method, exchange?.response?.status, exchange?.failure?.reason].join(' ')
  }
  return one.level === other.level && one.fix === other.fix && outcome(one) === outcome(other)
}

/**
 * Tells whether two messages say the same but for the values, which are fresh in each round: what only one of the two
 * requests holds, what stands in quotes, URLs, and words with digits, of which the status of an answer is none.
 */
export function saysTheSame(one: Finding, other: Finding, exchangeOf: ExchangeOf): boolean {
  const wordsOf = ({ evidence: [first] }: Finding): string[] =>
    first === undefined ? [] : wordsWithin(parseJson(exchangeOf(first)?.request.body ?? ''))
  const [own, others] = [wordsOf(one), wordsOf(other)]
  const without = (words: readonly string[], known: readonly string[]) => words.filter((word) => !known.includes(word))
  return wording(one.message, without(own, others)) === wording(other.message, without(others, own))
}

function wording(message: string, fresh: readonly string[]): string {
  return fresh
    .reduce((text, word) => text.replaceAll(word, '…'), message)
    .replace(/"[^"]*"?|`[^`]*`?|https?:\/\/\S+/g, '…')
    .split(/\s+/)
    .map((word) => (/^\(?[1-5]\d\d[),.;:]*$/.test(word) || !/\d/.test(word) ? word : '…'))
    .join(' ')
}

/** The names and texts of a value, the longest first; shorter ones are words of any message. */
function wordsWithin(value: unknown): string[] {
  const names = isObject(value) ? Object.keys(value) : []
  return [...names, ...stringsWithin(value)]
    .filter((text) => text.length >= shortest)
    .sort((one, other) => other.length - one.length)
}
