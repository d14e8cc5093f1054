import { type Operation, parentKey, pathShape } from '@createonce/verifier/document'
import type { Found } from './find-resources.ts'
import { folderOf } from './item-path-of.ts'

/** What an operation that creates nothing does with which resource, as its path tells; undefined where it tells nothing. */
export function roleOf(
  operation: Operation,
  resources: readonly Found[],
): { readonly kind: 'read' | 'list' | 'put' | 'patch' | 'delete'; readonly resource: Found } | undefined {
  const shape = pathShape(operation.path)
  if (shape.trailing !== undefined) {
    const resource = resources.find(({ key }) => key === shape.key)
    const kind = ITEM[operation.method]
    return resource === undefined || kind === undefined ? undefined : { kind, resource }
  }
  if (operation.method !== 'GET') return undefined
  const resource =
    resources.find(({ itemPath }) => parentKey(pathShape(itemPath)) === shape.key) ??
    resources.find(({ creations }) => creations.some((creation) => pathShape(folderOf(creation)).key === shape.key))
  return resource === undefined ? undefined : { kind: 'list', resource }
}

const ITEM: { readonly [method in Operation['method']]?: 'read' | 'put' | 'patch' | 'delete' } = {
  GET: 'read',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
}
