import type { Refused } from '../../creation/creation.ts'
import type { NodeRequest } from './node-message.ts'
import { requestIdOfMessage } from './request-id-of-message.ts'

/** What logs tell of a request that is refused before a creation is asked. */
export function toRefused(request: NodeRequest): Refused {
  return { requestId: requestIdOfMessage(request), traceparent: request.headers['traceparent'] }
}
