import { type LabelName, labels, type Metric, type MetricName, metrics } from './metrics.ts'
import { observeAll } from './observe-all.ts'
import type { Observer } from './observer.ts'
import type { Instruments, OtelMeter, OtelTracer } from './open-telemetry-types.ts'
import { outcomeOf } from './outcomes.ts'
import { createRecorder, type LabelValues } from './recorder.ts'

/** What OpenTelemetry gives; either may be left out. */
export interface OpenTelemetryOptions {
  /** `metrics.getMeter('createonce')` of `@opentelemetry/api`. */
  readonly meter?: OtelMeter
  /** `trace.getTracer('createonce')` of `@opentelemetry/api`. */
  readonly tracer?: OtelTracer
  /** Milliseconds that only go forward, for the age of what is in flight. */
  readonly clock?: () => number
}

// SpanKind.INTERNAL and SpanStatusCode.ERROR of the API, which is not imported.
const INTERNAL = 0
const ERROR = 2

/**
 * Writes the metric table with a meter, and one span for each request with a tracer, below the span of the HTTP request
 * where there is one. Neither a key nor a principal nor a body nor the message of an error is in them.
 *
 * @example
 * const observe = openTelemetry({ meter: metrics.getMeter('createonce'), tracer: trace.getTracer('createonce') })
 */
export function openTelemetry({ meter, tracer, clock = () => performance.now() }: OpenTelemetryOptions): Observer {
  const measuring = meter === undefined ? {} : measure(meter, clock)
  // The span begins first and ends last.
  return observeAll(tracer === undefined ? {} : traced(tracer), measuring)
}

function measure(meter: OtelMeter, clock: () => number): Observer {
  const instruments = new Map<MetricName, Instruments>()
  const { observer, inFlight } = createRecorder(
    {
      add: (name, value, values) => instruments.get(name)!.add?.(value, attributes(values)),
      record: (name, value, values) => instruments.get(name)!.record?.(value, attributes(values)),
    },
    clock,
  )
  for (const [name, metric] of Object.entries(metrics) as [MetricName, Metric][]) {
    const { meaning: description, unit, type, buckets } = metric
    if (type === 'counter') instruments.set(name, meter.createCounter(name, { description, unit }))
    if (type !== 'histogram' || buckets === undefined) continue
    const advice = { explicitBucketBoundaries: [...buckets] }
    instruments.set(name, meter.createHistogram(name, { description, unit, advice }))
  }
  const described = (name: MetricName) => ({ description: metrics[name].meaning, unit: metrics[name].unit })
  const count = 'createonce.creations.in_flight'
  meter.createObservableUpDownCounter(count, described(count)).addCallback((result) => {
    for (const now of inFlight.now()) result.observe(now.count, attributes({ operation: now.operation }))
  })
  const oldest = 'createonce.creation.oldest_age'
  meter.createObservableGauge(oldest, described(oldest)).addCallback((result) => {
    for (const now of inFlight.now()) result.observe(now.oldest, attributes({ operation: now.operation }))
  })
  return observer
}

function attributes(values: LabelValues): Record<string, string> {
  const written: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) written[labels[name as LabelName].attribute] = value
  return written
}

function traced(tracer: OtelTracer): Observer {
  return {
    creation: ({ operation }, run) =>
      tracer.startActiveSpan(
        `creation ${operation}`,
        { kind: INTERNAL, attributes: attributes({ operation }) },
        (span) =>
          run(({ event, status, code, attempt }) => {
            span.setAttributes({
              ...attributes({ outcome: outcomeOf(event), ...(code !== undefined && { code }) }),
              'http.response.status_code': status,
              'createonce.attempt': attempt,
              // Only what is a fault of the server is one of its span, by the HTTP semantic conventions.
              ...(status >= 500 && code !== undefined && { 'error.type': code }),
            })
            if (status >= 500) span.setStatus({ code: ERROR })
            span.end()
          }),
      ),
  }
}
