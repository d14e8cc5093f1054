import { createInFlight, type InFlight } from './in-flight.ts'
import type { LabelName, MetricName } from './metrics.ts'
import type { Observer } from './observer.ts'
import { allOutcomes, outcomeOf } from './outcomes.ts'

/** Label values; one that is absent has no value. */
export type LabelValues = { readonly [Name in LabelName]?: string }

/** Where the numbers go. */
export interface Sink {
  add(metric: MetricName, value: number, labels: LabelValues): void
  record(metric: MetricName, value: number, labels: LabelValues): void
}

/** What is measured, for whichever system: writes the metric table, except for the gauges, which are asked for. */
export function createRecorder(
  sink: Sink,
  clock: () => number,
): { readonly observer: Required<Observer>; readonly inFlight: InFlight } {
  const inFlight = createInFlight(clock)
  const observer: Required<Observer> = {
    defined(operation) {
      inFlight.know(operation)
      for (const outcome of allOutcomes()) sink.add('createonce.creations', 0, { operation, ...outcome })
    },
    creation({ operation }, run) {
      const leave = inFlight.enter(operation)
      return run(({ event, code, durationMs }) => {
        leave()
        const outcome = outcomeOf(event)
        sink.add('createonce.creations', 1, { operation, outcome, ...(code !== undefined && { code }) })
        sink.record('createonce.creation.duration', durationMs / 1_000, { operation, outcome })
      })
    },
    store(event) {
      const { store } = event
      switch (event.kind) {
        case 'call': {
          const { operation, call, result, durationMs } = event
          sink.record('createonce.store.duration', durationMs / 1_000, { store, operation, call, result })
          return
        }
        case 'commit':
          sink.record('createonce.store.commit_size', event.size, { store })
          return
        case 'retry':
          sink.add('createonce.store.retries', 1, { store, reason: event.reason })
          return
        case 'purge':
          sink.add('createonce.store.purges', 1, { store })
          sink.add('createonce.store.purged', event.records, { store })
      }
    },
  }
  return { observer, inFlight }
}
