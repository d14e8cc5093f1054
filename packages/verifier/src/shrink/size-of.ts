import { parseJson } from '../experiments/json-node.ts'
import type { Creation } from '../target/target.ts'
import type { ExchangeOf } from './same-fault.ts'

/** How much there is to read in a request: the values of its body, then its length. */
export type Size = readonly [values: number, length: number]

/** The size of the first create among exchanges; undefined where none has a body. */
export function sizeOf(evidence: readonly number[], creation: Creation, exchangeOf: ExchangeOf): Size | undefined {
  for (const id of evidence) {
    const request = exchangeOf(id)?.request
    if (request === undefined || request.method !== creation.method || request.body === '') continue
    return [countOf(parseJson(request.body)), request.body.length]
  }
  return undefined
}

/** Tells whether one request is smaller than another. */
export function isSmaller([values, length]: Size, [otherValues, otherLength]: Size): boolean {
  return values < otherValues || (values === otherValues && length < otherLength)
}

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, member) => sum + countOf(member), 1)
}
