import type { Exchange, NoAnswerReason, ReceivedResponse, SentRequest } from '../exchange/exchange.ts'

/** Thrown when the run's limit of requests is spent: a limit of ours says nothing about the target. */
export class RequestsSpent extends Error {
  constructor(limit: number) {
    super(`the limit of ${limit} requests is reached`)
    this.name = 'RequestsSpent'
  }
}

/** An exchange that was started and waits for its end. */
export interface OpenExchange {
  readonly id: number
  answered(response: ReceivedResponse): Exchange
  failed(reason: NoAnswerReason, detail: string): Exchange
}

/** Numbers and keeps every exchange of a run. */
export interface Recorder {
  /** Reserves the next id; throws {@link RequestsSpent} past the limit. */
  open(request: SentRequest): OpenExchange
  readonly exchanges: readonly Exchange[]
  readonly count: number
}

/** Makes a recorder that allows at most `limit` requests. */
export function createRecorder(limit: number): Recorder {
  const exchanges: Exchange[] = []
  let count = 0
  return {
    exchanges,
    get count() {
      return count
    },
    open(request) {
      // Deleting is how the run cleans up after itself, which no limit should keep it from.
      if (count >= limit && request.method !== 'DELETE') throw new RequestsSpent(limit)
      const id = ++count
      const keep = (exchange: Exchange) => {
        exchanges.push(exchange)
        return exchange
      }
      return {
        id,
        answered: (response) => keep({ id, request, response }),
        failed: (reason, detail) => keep({ id, request, failure: { reason, detail } }),
      }
    },
  }
}
