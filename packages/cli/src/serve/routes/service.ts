import type { Logger, Observer } from '@createonce/server'
import type { FastifyRequest } from 'fastify'
import type { Resource } from '../plan/resource.ts'
import type { Rows } from '../rows/rows.ts'

/** What all routes of a served document share. */
export interface Service {
  readonly rows: Rows<unknown>
  readonly resources: ReadonlyMap<string, Resource>
  /** Whose resources a request sees: its principal, or `''` where nobody has to say who they are. */
  readonly ownerOf: (request: FastifyRequest) => string
  readonly publicBaseUrl?: string
  readonly log?: Logger
  readonly observe?: Observer
  readonly maxBodyBytes?: number
  readonly now: () => Date
}
