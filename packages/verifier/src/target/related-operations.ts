import { indexBy } from './index-by.ts'
import type { Operation } from './list-operations.ts'
import { itemKey, type PathShape, parentKey, pathShape } from './path-shape.ts'
import type { RelatedOperation } from './target.ts'
import { singularOf, wordsOf } from './words.ts'

type ItemOperation = RelatedOperation & { readonly idParameter: string }

/** The operations that belong to one creation. */
export interface RelatedOperations {
  readonly read?: ItemOperation
  readonly list?: RelatedOperation
  readonly remove?: ItemOperation
}

/** A path of the document with its operations by method. */
export interface DocumentPath {
  readonly shape: PathShape
  readonly methods: ReadonlyMap<string, Operation>
}

/** Groups operations by path. */
export function groupByPath(operations: readonly Operation[]): readonly DocumentPath[] {
  const paths = new Map<string, { shape: PathShape; methods: Map<string, Operation> }>()
  for (const operation of operations) {
    const known = paths.get(operation.path) ?? { shape: pathShape(operation.path), methods: new Map() }
    known.methods.set(operation.method, operation)
    paths.set(operation.path, known)
  }
  return [...paths.values()]
}

/** The paths of a key, in the order of the document. */
export const pathsAt: (paths: readonly DocumentPath[], key: string) => readonly DocumentPath[] = indexBy<DocumentPath>(
  (path) => [path.shape.key],
)

/** Finds how what is created in a collection is read, listed and removed. */
export function relatedToCollection(collection: PathShape, paths: readonly DocumentPath[]): RelatedOperations {
  const folder = createVerbAtEnd(collection) ? pathShape(`/${collection.segments.slice(0, -1).join('/')}`) : collection
  const item = (method: string) =>
    toItem(findItem(folder, method, paths)) ??
    // `POST /publishers/{id}/books` is often read at `/books/{bookId}`.
    (folder.parameters.length > 0 ? toItem(findShallow(folder, method, paths)) : undefined)
  const list = pathsAt(paths, folder.key)
    .find((path) => path.methods.has('GET'))
    ?.methods.get('GET')
  const read = item('GET')
  const remove = item('DELETE')
  return {
    ...(read === undefined ? {} : { read }),
    ...(list === undefined ? {} : { list: toRelated(list) }),
    ...(remove === undefined ? {} : { remove }),
  }
}

/** Finds what belongs to a resource that is created by PUT to its own path. */
export function relatedToItem(item: PathShape, paths: readonly DocumentPath[]): RelatedOperations {
  const here = pathsAt(paths, item.key)[0]
  const list = pathsAt(paths, parentKey(item))[0]?.methods.get('GET')
  const read = toItem(here?.methods.get('GET'))
  const remove = toItem(here?.methods.get('DELETE'))
  return {
    ...(read === undefined ? {} : { read }),
    ...(list === undefined ? {} : { list: toRelated(list) }),
    ...(remove === undefined ? {} : { remove }),
  }
}

/** Verbs that say "create" in the last segment of a path: `/users/register`. */
const CREATE_VERBS = new Set(['create', 'add', 'new', 'register', 'signup', 'insert', 'save'])

/** Tells whether a path ends with a verb that creates, below the collection. */
export function createVerbAtEnd(shape: PathShape): boolean {
  const words = wordsOf(shape.segments.at(-1) ?? '')
  const first = words.join('') === 'signup' ? 'signup' : words[0]
  return shape.segments.length > 1 && first !== undefined && CREATE_VERBS.has(first) && words.length <= 2
}

function findItem(folder: PathShape, method: string, paths: readonly DocumentPath[]): Operation | undefined {
  const wanted = itemKey(folder)
  const found = pathsAt(paths, wanted).filter((path) => path.methods.has(method))
  // Where both `/person/{id}` and `/persons/{ids}` are there, the path that is spelled alike is meant.
  const alike = found.find(({ shape }) => shape.segments.slice(0, -1).join('/') === folder.segments.join('/'))
  return (alike ?? found[0])?.methods.get(method)
}

const shallowOf = indexBy<DocumentPath>(({ shape }) =>
  shape.trailing !== undefined && shape.parameters.length === 1 && shape.segments.at(-2) === shape.noun
    ? [wordsOf(shape.noun).map(singularOf).join('-')]
    : [],
)

function findShallow(folder: PathShape, method: string, paths: readonly DocumentPath[]): Operation | undefined {
  const noun = wordsOf(folder.noun).map(singularOf).join('-')
  return shallowOf(paths, noun)
    .find((path) => path.methods.has(method))
    ?.methods.get(method)
}

function toItem(operation: Operation | undefined): ItemOperation | undefined {
  const trailing = operation === undefined ? undefined : pathShape(operation.path).trailing
  return operation === undefined || trailing === undefined
    ? undefined
    : { ...toRelated(operation), idParameter: trailing }
}

function toRelated(operation: Operation): RelatedOperation {
  return {
    method: operation.method as 'GET' | 'DELETE',
    path: operation.path,
    parameters: operation.parameters,
    responses: operation.responses,
    ...(operation.server?.kind === 'here' && { baseUrl: operation.server.baseUrl }),
  }
}
