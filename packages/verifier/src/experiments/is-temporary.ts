import type { Answer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'

/** Tells whether an answer is about now only: 429 and 503, and whatever has a Retry-After. */
export function isTemporary(answer: Answer): boolean {
  return [429, 503].includes(answer.response.status) || headerValue(answer, 'retry-after') !== undefined
}
