/** One alert: a rule for Prometheus, and what its reader needs at night. In its texts, what stands in backticks is code. */
export interface Alert {
  /** The rule's name, and the code of its entry in the runbook. Stable by semantic versioning. */
  readonly id: string
  readonly title: string
  /** In PromQL, over the metric table. */
  readonly expression: string
  /** How long it has to hold before it fires. */
  readonly for: string
  /** `page`: clients are refused now. `ticket`: it can wait for the morning. */
  readonly severity: 'page' | 'ticket'
  readonly meaning: string
  readonly firstResponse: string
  readonly escalation?: string
}

// A share of few requests says little, so a share is only looked at where there were at least so many of its kind.
const AT_LEAST = 5

/** The share of requests with these labels among all of an operation, and enough of them. */
function share(matchers: string, above: number, window: string): string {
  const some = `createonce_creations_total{${matchers}}[${window}]`
  const all = `createonce_creations_total[${window}]`
  return `sum by (operation) (rate(${some})) / sum by (operation) (rate(${all})) > ${above} and sum by (operation) (increase(${some})) >= ${AT_LEAST}`
}

/** Every alert, those that wake somebody first. `packages/server/alerts/prometheus.yaml` is written from it. */
export const alerts: readonly Alert[] = [
  {
    id: 'CreateonceStoreUnavailable',
    title: 'The store is out of reach',
    expression: 'sum by (operation) (rate(createonce_creations_total{code="store-unavailable"}[2m])) > 0',
    for: '3m',
    severity: 'page',
    meaning:
      'Creations are answered 503 `store-unavailable`, and nothing is created. Clients that retry with the same key lose nothing.',
    firstResponse:
      'Read `err` of the log lines with `code` `store-unavailable`: it says what the database or Redis answered. Then `createonce explain store-unavailable`.',
    escalation: "Whoever runs the database, at once if it is down; it can't be done without.",
  },
  {
    id: 'CreateonceInternalErrors',
    title: 'Creations fail with 500',
    expression: share('code="internal-error"', 0.01, '5m'),
    for: '5m',
    severity: 'page',
    meaning: 'More than 1 % of the requests end in a fault of the service. Each was rolled back, and its key is free.',
    firstResponse:
      'Read `err` of the log lines with `code` `internal-error`. If it began with a deployment, roll it back: records of the newer version stay readable.',
    escalation: 'The authors of the creation that `operation` names, if the last version fails too.',
  },
  {
    id: 'CreateonceOverloaded',
    title: 'Creations are turned away',
    expression: share('code="overloaded"', 0.05, '5m'),
    for: '5m',
    severity: 'page',
    meaning:
      'More than 5 % of the requests are answered 503 `overloaded`: too many wait for the writer, a lock or a connection.',
    firstResponse:
      'Look for what holds the database: a `create` that waits for another service, a long transaction, a full pool. `createonce_store_duration_seconds` says which store is slow.',
    escalation: 'Whoever runs the database, if nothing of the service holds it.',
  },
  {
    id: 'CreateonceRecordUnreadable',
    title: 'Recorded answers cannot be opened',
    expression: 'sum by (operation) (increase(createonce_creations_total{code="record-unreadable"}[10m])) > 0',
    for: '0m',
    severity: 'page',
    meaning:
      'Retries find a sealed answer whose key this process does not have. They are refused, and nothing is created twice.',
    firstResponse:
      'Give the key that `err` names back to the `seal` of the creation, on all instances; it is needed until the last record that it sealed is past its retention.',
  },
  {
    id: 'CreateonceStuck',
    title: 'A creation does not end',
    expression: 'max by (operation) (createonce_creation_oldest_age_seconds) > 30',
    for: '1m',
    severity: 'page',
    meaning:
      'A request has been running for more than half a minute, while its key, and perhaps a lock or the writer, is held.',
    firstResponse:
      'Find what `create` of this `operation` waits for: a service that it calls, a lock in the database. Restart the instance if it does not end: what it has not committed is undone, and a retry creates.',
  },
  {
    id: 'CreateonceKeyBlocked',
    title: 'A key is blocked by a crash',
    expression: 'sum by (operation) (increase(createonce_creations_total{code="idempotency-key-blocked"}[15m])) > 0',
    for: '0m',
    severity: 'ticket',
    meaning:
      "A client retries a request whose process died in `create`, over a leased store with `onCrash: 'block'`. What it did is not known, so it is not run again.",
    firstResponse:
      'Find out at the service that `create` calls whether it has acted. Then let the key go with `release()` of the store, or tell the client that it is done.',
  },
  {
    id: 'CreateonceSlow',
    title: 'Creations are slow',
    expression:
      'histogram_quantile(0.99, sum by (operation, le) (rate(createonce_creation_duration_seconds_bucket{outcome="created"}[5m]))) > 1',
    for: '10m',
    severity: 'ticket',
    meaning: 'One creation in a hundred takes more than a second.',
    firstResponse:
      'Compare with `createonce_store_duration_seconds`: what it does not explain is spent before the store, in `principal` or the schema.',
  },
  {
    id: 'CreateonceStoreRetries',
    title: 'The store has to try again and again',
    expression:
      'sum by (store) (rate(createonce_store_retries_total{reason=~"broken-off|answer-lost"}[5m])) > 0.05 * sum by (store) (rate(createonce_store_duration_seconds_count[5m])) and sum by (store) (increase(createonce_store_retries_total{reason=~"broken-off|answer-lost"}[5m])) >= 5',
    for: '10m',
    severity: 'ticket',
    meaning:
      'For more than one creation in twenty the database undid the transaction (deadlocks, serialization failures) or an answer was lost on the way.',
    firstResponse:
      'Look into the log of the database for deadlocks and broken connections, and at proxies that cut connections.',
  },
  {
    id: 'CreateonceReplaysRise',
    title: 'Clients repeat what was done',
    expression: share('outcome="replayed"', 0.3, '15m'),
    for: '15m',
    severity: 'ticket',
    meaning: 'More than 30 % of the requests are retries of completed ones: clients do not hear the answers.',
    firstResponse:
      'Look for time-outs that are shorter than a creation takes, in clients and proxies, and for a client that sends one key for ever.',
  },
  {
    id: 'CreateonceKeysReused',
    title: 'A client uses one key for different requests',
    expression: share('code="idempotency-key-reused"', 0.01, '15m'),
    for: '15m',
    severity: 'ticket',
    meaning: 'More than 1 % of the requests carry a key that was used with another body. They create nothing.',
    firstResponse:
      'The log lines with `event` `creation.mismatch` have one `principal` in common: tell its owner to make a fresh key for each new request.',
  },
  {
    id: 'CreateonceInputRefused',
    title: 'Most input is refused',
    expression: share('code="invalid-input"', 0.5, '15m'),
    for: '15m',
    severity: 'ticket',
    meaning: 'More than half of the requests are not what the creation takes.',
    firstResponse:
      'If it began with a deployment of the service, the schema was tightened: allow the old form again. Otherwise a client was changed: `principal` in the log lines says which.',
  },
  {
    id: 'CreateoncePurgeStopped',
    title: 'Records are not purged any more',
    expression: 'sum by (store) (increase(createonce_store_purges_total[1d])) == 0',
    for: '1h',
    severity: 'ticket',
    meaning: 'The store was purged before, and has not been for a day: records past their retention pile up.',
    firstResponse: 'Look for the job that calls `purge()` of the store, and start it again.',
  },
]
