import type { FastifyInstance } from 'fastify'

/** One page beside the operations of a document. */
export interface Page {
  /** Its path in the spelling of OpenAPI, e.g. `/problems/{code}`. */
  readonly path: string
  /** The paths of what it loads, without which it cannot be shown. */
  readonly loads?: readonly string[]
  /** What it is for; the start page names those that say it. */
  readonly about?: string
  /** Adds its routes; asked only where the document does not have the path itself. */
  add(app: FastifyInstance): void
}
