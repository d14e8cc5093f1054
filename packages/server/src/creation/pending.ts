import type { Claim } from '../idempotency/store.ts'
import type { CreationRequest } from './creation-request.ts'
import type { Seen } from './handled.ts'
import type { ReadBody } from './read-body.ts'

/** A request that is about to be executed. */
export interface Pending<Native> {
  readonly request: CreationRequest<Native>
  readonly body: ReadBody
  readonly principal: string
  readonly seen: Seen
  readonly claim: Claim | undefined
}
