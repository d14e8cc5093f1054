import type { CreationEvent } from './events.ts'
import type { StoreEvent } from './store-event.ts'

/** A request that reached a creation. */
export interface CreationBegun {
  readonly operation: string
}

/** What a request came to: its log line without the names of principal and key, which are for lines only. */
export type CreationEnded = Omit<CreationEvent, 'principal' | 'key'>

/**
 * Watches creations and stores: `prometheusMetrics`, `openTelemetry`, or an object of your own. Goes into the setting
 * `observe` of creations and of stores. Without one nothing is measured; one that throws changes no answer.
 */
export interface Observer {
  /** A creation with this operation is defined: what counts shows it at 0 from now on. */
  defined?(operation: string): void
  /**
   * A request begins: call `run` at once, and return what it returns. `run` takes a function that is told once how the
   * request ended, before it is answered. So a trace can make its span the current one of whatever the request does.
   */
  creation?<T>(begun: CreationBegun, run: (ended: (event: CreationEnded) => void) => T): T
  /** Something happened in a store. */
  store?(event: StoreEvent): void
}
