import type { Logger, Observer } from '@createonce/server'
import type { FastifyRequest } from 'fastify'
import type { Resource } from '../plan/resource.ts'
import type { Rows } from '../rows/rows.ts'

/** What all routes of a served document share. */
export interface Service {
  readonly rows: Rows<unknown>
  readonly resources: ReadonlyMap<string, Resource>
  /** Who asks; undefined where nobody has to say who they are, and nobody did. */
  readonly principalOf: (request: FastifyRequest) => string | undefined
  /** Whose resources of a kind a request sees: its principal's, or `''` where anybody may create or read them. */
  readonly ownerOf: (request: FastifyRequest, resource: Resource) => string
  readonly publicBaseUrl?: string
  readonly log?: Logger
  readonly observe?: Observer
  readonly maxBodyBytes?: number
  readonly now: () => Date
}
