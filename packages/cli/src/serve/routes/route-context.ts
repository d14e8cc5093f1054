import type { Operation, ReadDocument } from '@createonce/verifier/document'
import type { onRequestHookHandler } from 'fastify'
import type { Plan, ServedOperation } from '../plan/plan.ts'
import type { Resource } from '../plan/resource.ts'
import { showOf } from './bodies.ts'
import type { Mounted } from './mounted.ts'
import type { Service } from './service.ts'

/** Who may ask for what. */
export interface Access {
  /** Refuses a request that lacks what the operation asks for; undefined where it asks for nothing. */
  readonly guardOf: (operation: Operation) => onRequestHookHandler | undefined
}

/** What the routes of a document are made with. */
export interface RouteContext extends Access {
  readonly document: ReadDocument['document']
  readonly service: Service
  readonly plan: Plan
  /** The operation that reads one of a resource. */
  readonly reads: ReadonlyMap<string, ServedOperation>
}

/** What GET of one answers. */
export function showReadOf({ reads }: RouteContext, resource: Resource): Mounted['show'] {
  return showOf(resource, reads.get(resource.key)?.answer ?? { kind: 'empty' }, 200)
}
