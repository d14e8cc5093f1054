import type { Exchange } from '../exchange/exchange.ts'

/** Thrown when an experiment needs an answer and there is none; the checks that asked become inconclusive. */
export class NoAnswer extends Error {
  readonly exchange: Exchange

  constructor(exchange: Exchange) {
    const { method, url } = exchange.request
    super(`no answer to ${method} ${url}: ${exchange.failure?.detail ?? 'unknown reason'}`)
    this.name = 'NoAnswer'
    this.exchange = exchange
  }
}
