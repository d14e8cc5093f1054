import { type Creation, createVerbAtEnd, itemKey, type Operation, pathShape } from '@createonce/verifier/document'

/** The path of one resource that a creation creates: the one that the document has, or one made for it. */
export function itemPathOf(creation: Creation, operations: readonly Operation[]): string {
  if (creation.method === 'PUT') return creation.path
  const folder = folderOf(creation)
  const own = pathShape(folder).parameters.length
  const known = [creation.read?.path, creation.remove?.path].find((path) => {
    // The parents have to be known when it is created: all of those in its own path, or none (`/books/{bookId}`).
    if (path === undefined) return false
    const parents = pathShape(path).parameters.length - 1
    return parents === own || parents === 0
  })
  if (known !== undefined) return known
  const key = itemKey(pathShape(folder))
  const changed = operations.find(({ path }) => pathShape(path).key === key && pathShape(path).trailing !== undefined)
  return changed?.path ?? `${folder}/{${freeName(folder)}}`
}

/** The collection that a creation adds to. */
export function folderOf({ batch, path, list }: Creation): string {
  const collection = batch?.collection ?? path
  const shape = pathShape(collection)
  const isVerb = batch === undefined && createVerbAtEnd(shape)
  // Both may be spelled in two ways: `POST /customer`, `GET /customers`.
  const folder = isVerb ? `/${shape.segments.slice(0, -1).join('/')}` : (list?.path ?? collection)
  return folder.replace(/\/+$/, '')
}

function freeName(folder: string): string {
  const taken = pathShape(folder).parameters
  let name = 'id'
  while (taken.includes(name)) name = `${name}_`
  return name
}
