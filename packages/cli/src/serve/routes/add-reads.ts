import type { Operation } from '@createonce/verifier/document'
import type { Resource } from '../plan/resource.ts'
import { unservedOperation } from '../problem.ts'
import { showOf } from './bodies.ts'
import type { Mounted } from './mounted.ts'
import type { Mount } from './mounter.ts'
import { readRoute } from './read-route.ts'
import type { RouteContext } from './route-context.ts'
import { routePath } from './route-path.ts'

/** A read that the document lacks, and the creation whose security it has. */
export interface AddedRead {
  readonly resource: Resource
  readonly like: Operation | undefined
}

/** A Location has to lead somewhere: what the document cannot read is read all the same, where its path is free. */
export function addReads({ service, plan, reads, guardOf }: RouteContext, mount: Mount): readonly AddedRead[] {
  const added: AddedRead[] = []
  for (const resource of plan.resources) {
    if (reads.has(resource.key)) continue
    const url = routePath(resource.itemPath)
    if (url === undefined) continue
    const like = plan.served.find((one) => one.resource === resource && 'creation' in one.role)?.operation
    const mounted: Mounted = {
      service,
      resource,
      show: showOf(resource, { kind: 'empty' }, 200),
      operation: { ...like!, parameters: [] },
    }
    // A GET of the document that means something else is not served; what is there is still read by its Location.
    const other = plan.unserved.find(({ operation }) => operation.method === 'GET' && routePath(operation.path) === url)
    const handler = readRoute(mounted, other && unservedOperation(other.operation, other.why))
    const isMounted = mount({ method: 'GET', path: resource.itemPath }, url, like && guardOf(like), handler)
    // Two templates that differ in names only may not stand in one document.
    if (isMounted && other === undefined) added.push({ resource, like })
  }
  return added
}
