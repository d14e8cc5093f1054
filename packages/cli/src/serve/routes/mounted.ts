import type { Operation } from '@createonce/verifier/document'
import type { FastifyRequest } from 'fastify'
import type { Resource } from '../plan/resource.ts'
import type { Place } from '../rows/rows.ts'
import type { Made } from './made.ts'
import type { Service } from './service.ts'

/** An operation on the way to its route. */
export interface Mounted {
  readonly service: Service
  readonly operation: Operation
  readonly resource: Resource
  /** The body that the operation answers with. */
  readonly show: (made: Made) => unknown
}

/** Where a request to one resource points. */
export interface Addressed {
  readonly place: Place
  readonly id: string
}

/** Reads the address of one resource off a request. */
export function addressOf({ service, resource }: Mounted, request: FastifyRequest): Addressed {
  const values = Object.values(request.params as Record<string, string>)
  const depth = resource.parents.length
  return {
    place: { owner: service.ownerOf(request, resource), parents: values.slice(0, depth) },
    id: values[depth] ?? '',
  }
}
