type Attributes = Record<string, string | number>

/** A counter or a histogram. */
export interface Instruments {
  add?(value: number, attributes: Attributes): void
  record?(value: number, attributes: Attributes): void
}

interface Described {
  readonly description: string
  readonly unit: string
}

interface Observable {
  addCallback(callback: (result: { observe(value: number, attributes: Attributes): void }) => void): void
}

/** The part of a meter of OpenTelemetry that is used. */
export interface OtelMeter {
  createCounter(name: string, options: Described): Pick<Required<Instruments>, 'add'>
  createHistogram(
    name: string,
    options: Described & { readonly advice: { explicitBucketBoundaries: number[] } },
  ): Pick<Required<Instruments>, 'record'>
  createObservableUpDownCounter(name: string, options: Described): Observable
  createObservableGauge(name: string, options: Described): Observable
}

/** The part of a tracer of OpenTelemetry that is used. */
export interface OtelTracer {
  startActiveSpan<T>(
    name: string,
    options: { readonly kind: number; readonly attributes: Attributes },
    run: (span: OtelSpan) => T,
  ): T
}

/** The part of a span of OpenTelemetry that is used. */
export interface OtelSpan {
  setAttributes(attributes: Attributes): unknown
  setStatus(status: { code: number }): unknown
  end(): void
}
