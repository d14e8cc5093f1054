import { type CreationEvent, events } from './events.ts'

/** The part of pino's logger that is used; `fastify.log`, pino and many others have it. */
export interface Logger {
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}

/** Writes an event as one line at the level of the event table. */
export function logEvent(logger: Logger, event: CreationEvent): void {
  logger[events[event.event].level](event, event.event)
}
