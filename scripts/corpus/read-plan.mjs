import { findCreations, listOperations, readDocument } from '@createonce/verifier/document'
import { credentialsOf, principals } from './credentials.mjs'

/** What a document has, and what of it is served by whoever serves it at an origin: told by the served document. */
export async function readPlan(file, origin) {
  const { document, version, warnings } = await readDocument(file)
  const served = listOperations((await readDocument(`${origin}/openapi.json`)).document)
  const operations = listOperations(document).map(({ method, path, raw }) => {
    const told = served.find((one) => one.method === method && one.path === path)
    const isServed = told !== undefined && told.raw['x-served'] !== false
    const why = told === undefined ? 'it is not in the served document' : String(told.raw['x-why'])
    return {
      method,
      path,
      isServed,
      ...(!isServed && { why }),
      isTold: told !== undefined,
      credentials: credentialsOf(document, raw, principals[0]),
    }
  })
  const isServed = ({ method, path }) =>
    operations.some((one) => one.method === method && one.path === path && one.isServed)
  const creations = findCreations(document).creations.map(({ id, method, path }) => ({
    ...{ id, method, path },
    isServed: isServed({ method, path }),
  }))
  return { document, version, warnings, operations, creations }
}
