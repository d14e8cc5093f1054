import { type Metric, type MetricName, metrics } from './metrics.ts'
import type { Observer } from './observer.ts'
import { createRecorder, type LabelValues } from './recorder.ts'

/** The part of prom-client that is used. */
export interface PromClient {
  readonly Counter: new (configuration: never) => { inc(labels: Record<string, string>, value?: number): void }
  readonly Gauge: new (
    configuration: never,
  ) => { set(labels: Record<string, string>, value: number): void; reset(): void }
  readonly Histogram: new (configuration: never) => { observe(labels: Record<string, string>, value: number): void }
}

/** Where the metrics are kept. */
export interface PrometheusOptions {
  /** prom-client, the whole module: its default import. */
  readonly client: PromClient
  /**
   * A registry of prom-client.
   * @default the global one
   */
  readonly register?: object
  /** Milliseconds that only go forward, for the age of what is in flight. */
  readonly clock?: () => number
}

/**
 * Writes the metric table with prom-client. One for the process, given to all creations and stores: a registry takes each
 * name once.
 *
 * @example
 * const observe = prometheusMetrics({ client, register })
 * const store = await sqliteStore({ file, observe })
 * defineCreation({ …, store, observe })
 */
export function prometheusMetrics(options: PrometheusOptions): Observer {
  const { client, register, clock = () => performance.now() } = options
  const configured = (name: MetricName, collect?: () => void): never => {
    const { prometheus, meaning, labels, buckets }: Metric = metrics[name]
    return {
      name: prometheus,
      help: meaning,
      labelNames: labels,
      ...(buckets !== undefined && { buckets }),
      ...(register !== undefined && { registers: [register] }),
      ...(collect !== undefined && { collect }),
    } as never
  }
  const named = Object.keys(metrics) as MetricName[]
  const ofType = (type: Metric['type']): MetricName[] => named.filter((name) => metrics[name].type === type)
  const counters = new Map(ofType('counter').map((name) => [name, new client.Counter(configured(name))]))
  const histograms = new Map(ofType('histogram').map((name) => [name, new client.Histogram(configured(name))]))

  const { observer, inFlight } = createRecorder(
    {
      add: (name, value, labels) => counters.get(name)!.inc(written(labels), value),
      record: (name, value, labels) => histograms.get(name)!.observe(written(labels), value),
    },
    clock,
  )
  const gauge = (name: MetricName, value: 'count' | 'oldest'): void => {
    const made = new client.Gauge(
      configured(name, () => {
        for (const now of inFlight.now()) made.set({ operation: now.operation }, now[value])
      }),
    )
  }
  gauge('createonce.creations.in_flight', 'count')
  gauge('createonce.creation.oldest_age', 'oldest')
  return observer
}

function written(labels: LabelValues): Record<string, string> {
  return labels as Record<string, string>
}
