import type { FastifyRequest } from 'fastify'

/** What conditions have to know of the service that they hold for. */
export interface Surroundings {
  /** Where the pages behind the `type` of problems are; ends with a slash. @default '/problems/' */
  readonly problemTypes?: string
  /**
   * Whether a request is for what watches the service, and is to be left alone.
   * @default reads of /health, /docs, /openapi.json, /openapi.yaml, /metrics, /problems, and of what is below them
   */
  readonly isAside?: (request: FastifyRequest) => boolean
}
