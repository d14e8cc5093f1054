import type { Exchange, NoAnswerReason, ReceivedResponse, SentRequest } from '../exchange/exchange.ts'

/** Thrown when the run's limit of requests is spent: a limit of ours says nothing about the target. */
export class RequestsSpent extends Error {
  constructor(limit: number) {
    super(`the limit of ${limit} requests is reached`)
    this.name = 'RequestsSpent'
  }
}

/** Thrown for every request after the run was stopped, but for those that clean up. */
export class RunStopped extends Error {
  constructor() {
    super('the run was stopped before it')
    this.name = 'RunStopped'
  }
}

/** An exchange that was started and waits for its end. */
export interface OpenExchange {
  readonly id: number
  /** Says that it leaves now: waiting for its turn is not part of it. */
  sent(): void
  answered(response: ReceivedResponse): Exchange
  failed(reason: NoAnswerReason, detail: string): Exchange
}

/** Numbers and keeps every exchange of a run. */
export interface Recorder {
  /** Reserves the next id; throws {@link RequestsSpent} past the limit and {@link RunStopped} after `stop`. */
  open(request: SentRequest, race?: number): OpenExchange
  /** From now on nothing is sent. */
  stop(): void
  /** From now on everything is sent: no limit and no stop should keep a run from cleaning up after itself. */
  cleanUp(): void
  /** Lets go of every exchange up to this id that is not among those to keep. */
  forget(upTo: number, keep: (id: number) => boolean): void
  readonly exchanges: readonly Exchange[]
  readonly count: number
}

/** Makes a recorder that allows at most `limit` requests; `now` counts milliseconds from any moment. */
export function createRecorder(limit: number, now: () => number = () => performance.now()): Recorder {
  const began = now()
  let exchanges: Exchange[] = []
  let count = 0
  let phase: 'running' | 'stopped' | 'cleaning up' = 'running'
  return {
    get exchanges() {
      return exchanges
    },
    forget(upTo, keep) {
      exchanges = exchanges.filter(({ id }) => id > upTo || keep(id))
    },
    get count() {
      return count
    },
    stop() {
      if (phase === 'running') phase = 'stopped'
    },
    cleanUp() {
      phase = 'cleaning up'
    },
    open(request, race) {
      if (phase === 'stopped') throw new RunStopped()
      if (phase === 'running' && count >= limit) throw new RequestsSpent(limit)
      const id = ++count
      const sinceBeginning = () => Math.round((now() - began) * 10) / 10
      let at = sinceBeginning()
      const known = () => ({ id, at, ...(race === undefined ? {} : { race }), request })
      const keep = (exchange: Exchange) => {
        exchanges.push(exchange)
        return exchange
      }
      return {
        id,
        sent() {
          at = sinceBeginning()
        },
        answered: (response) => keep({ ...known(), response }),
        failed: (reason, detail) => keep({ ...known(), failure: { reason, detail } }),
      }
    },
  }
}
