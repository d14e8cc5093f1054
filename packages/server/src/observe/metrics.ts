/** A label of a metric: its name in Prometheus, and the attribute that it is in OpenTelemetry. */
export interface Label {
  readonly attribute: string
  readonly meaning: string
}

/** The name of a label. */
export type LabelName = 'operation' | 'outcome' | 'code' | 'store' | 'call' | 'result' | 'reason'

/** Every label. None of them can hold what a client sends, so that no client can make series. */
export const labels: Readonly<Record<LabelName, Label>> = {
  operation: { attribute: 'createonce.operation', meaning: "The creation's `operation`." },
  outcome: {
    attribute: 'createonce.outcome',
    meaning: 'The [event](events.md) without `creation.`: `created`, `replayed`, `existing`, `rejected`, …',
  },
  code: {
    attribute: 'createonce.code',
    meaning: 'The code of the [problem](problems.md); absent where the request was not refused.',
  },
  store: { attribute: 'createonce.store', meaning: "The store's `name`, e.g. `sqlite`, `postgres (pg)`." },
  call: { attribute: 'createonce.store.call', meaning: '`insert` for declared rows, `once` for all else.' },
  result: {
    attribute: 'createonce.store.result',
    meaning:
      'What the store answered: `executed`, `recorded`, `in-flight`, `blocked`, `overloaded`, `taken`, `orphan`; `failed` where it threw.',
  },
  reason: {
    attribute: 'createonce.store.reason',
    meaning:
      '`busy`: the file, a lock or a connection was held by somebody else, or the server was not ready; `broken-off`: the database undid the transaction; `answer-lost`: nobody knew what became of it; `shared-undone`: a shared transaction was undone.',
  },
}

/** One row of the metric table. */
export interface Metric {
  /** The name in Prometheus: dots as underscores, with the unit, and `_total` for counters. */
  readonly prometheus: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** In UCUM, as OpenTelemetry has it. */
  readonly unit: string
  readonly labels: readonly LabelName[]
  readonly meaning: string
  /** The upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[]
}

// Those that the HTTP semantic conventions advise for `http.server.request.duration`, so that the two can be laid side by side.
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
// Up to the most that a store commits together, 256.
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256]

/** The name of a metric in OpenTelemetry. */
export type MetricName =
  | 'createonce.creations'
  | 'createonce.creation.duration'
  | 'createonce.creations.in_flight'
  | 'createonce.creation.oldest_age'
  | 'createonce.store.duration'
  | 'createonce.store.commit_size'
  | 'createonce.store.retries'
  | 'createonce.store.purges'
  | 'createonce.store.purged'

/** Every metric by its name in OpenTelemetry. The names and labels are stable by semantic versioning. */
export const metrics: Readonly<Record<MetricName, Metric>> = {
  'createonce.creations': {
    prometheus: 'createonce_creations_total',
    type: 'counter',
    unit: '{request}',
    labels: ['operation', 'outcome', 'code'],
    meaning: 'Requests that were answered. Each pair of outcome and code is there from the start, at 0.',
  },
  'createonce.creation.duration': {
    prometheus: 'createonce_creation_duration_seconds',
    type: 'histogram',
    unit: 's',
    labels: ['operation', 'outcome'],
    meaning: 'From the call of the adapter to the answer.',
    buckets: SECONDS,
  },
  'createonce.creations.in_flight': {
    prometheus: 'createonce_creations_in_flight',
    type: 'gauge',
    unit: '{request}',
    labels: ['operation'],
    meaning: 'Requests that are not answered yet, in this process.',
  },
  'createonce.creation.oldest_age': {
    prometheus: 'createonce_creation_oldest_age_seconds',
    type: 'gauge',
    unit: 's',
    labels: ['operation'],
    meaning: 'How long the oldest of them has been running; 0 where there is none.',
  },
  'createonce.store.duration': {
    prometheus: 'createonce_store_duration_seconds',
    type: 'histogram',
    unit: 's',
    labels: ['store', 'operation', 'call', 'result'],
    meaning:
      "What a creation waited for its store: the transaction with the author's `create`, and all waiting for it.",
    buckets: SECONDS,
  },
  'createonce.store.commit_size': {
    prometheus: 'createonce_store_commit_size',
    type: 'histogram',
    unit: '{creation}',
    labels: ['store'],
    meaning:
      'How many creations one commit made durable: all of SQLite, declared rows of PostgreSQL. Other stores commit each by itself, and tell nothing.',
    buckets: SIZES,
  },
  'createonce.store.retries': {
    prometheus: 'createonce_store_retries_total',
    type: 'counter',
    unit: '{retry}',
    labels: ['store', 'reason'],
    meaning: 'How often a store tried again by itself: SQLite, PostgreSQL, Redis.',
  },
  'createonce.store.purges': {
    prometheus: 'createonce_store_purges_total',
    type: 'counter',
    unit: '{purge}',
    labels: ['store'],
    meaning: 'Calls of `purge` that came to their end: SQLite, PostgreSQL.',
  },
  'createonce.store.purged': {
    prometheus: 'createonce_store_purged_total',
    type: 'counter',
    unit: '{record}',
    labels: ['store'],
    meaning: 'Records that they deleted.',
  },
}
