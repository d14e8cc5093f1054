import { classifyPost } from './classify-post.ts'
import { effectiveSchema } from './effective-schema.ts'
import { type Batch, findBatch, seemsBatch } from './find-batch.ts'
import { findParents } from './find-parents.ts'
import { findPolicy, type PolicyOverride } from './find-policy.ts'
import { findReferences } from './find-references.ts'
import type { JsonObject } from './is-record.ts'
import { listOperations, type Operation } from './list-operations.ts'
import { type PathShape, parentKey, pathShape } from './path-shape.ts'
import {
  type DocumentPath,
  groupByPath,
  pathsAt,
  type RelatedOperations,
  relatedToCollection,
  relatedToItem,
} from './related-operations.ts'
import { type RequestBody, requestBodyOf } from './request-body.ts'
import { requireMembers } from './require-members.ts'
import { securityHeaders } from './security-headers.ts'
import type { ServerOf } from './servers-over.ts'
import type { Creation, JsonSchema, Target } from './target.ts'

/** What the user says about one operation. */
export interface OperationOverride extends PolicyOverride {
  readonly required?: readonly string[]
}

/** What was understood of a document's operations. */
export type FoundCreations = Pick<Target, 'creations' | 'notCreations'>

/** Finds the operations of an OpenAPI 3 document that create, with what belongs to each, and says why the others do not. */
export function findCreations(
  document: JsonObject,
  overrideOf: (id: string, operation: string) => OperationOverride = () => ({}),
  serverOf?: ServerOf,
): FoundCreations {
  const operations = listOperations(document, serverOf)
  // What runs at another origin is not called, so nothing is read, listed or deleted there.
  const paths = groupByPath(operations.filter(({ server }) => server?.kind !== 'elsewhere'))
  const everythingIs201 = declares201Everywhere(operations)
  const ids = new Set<string>()
  const creations: Creation[] = []
  const notCreations: { operation: string; why: string }[] = []
  for (const operation of operations) {
    if (operation.method !== 'POST' && operation.method !== 'PUT') continue
    const judged = whyElsewhere(operation) ?? judge(document, operation, paths, everythingIs201)
    const name = `${operation.method} ${operation.path}`
    if (typeof judged === 'string') notCreations.push({ operation: name, why: judged })
    else creations.push(toCreation(document, operation, judged, overrideOf, ids))
  }
  // Of several at once none is the parent of anything, and each item refers to others as if it were created alone.
  const others = creations.filter(({ batch }) => batch === undefined)
  return { creations: creations.map((creation) => withLinks(creation, others)), notCreations }
}

function whyElsewhere({ server }: Operation): string | undefined {
  if (server?.kind !== 'elsewhere') return undefined
  return `it runs at ${server.url}, and a run calls one origin: name that one with a base URL to judge it`
}

interface Judged {
  readonly body: RequestBody
  readonly related: RelatedOperations
  readonly batch?: Batch
}

/**
 * Tells whether a document declares both 200 and 201 for almost every write, as Springfox does by default: then a 201
 * is no sign of a creation.
 */
function declares201Everywhere(operations: readonly Operation[]): boolean {
  const writes = operations.filter(({ method }) => method === 'POST' || method === 'PUT')
  const both = writes.filter(({ statuses }) => statuses.includes('200') && statuses.includes('201'))
  // Two may be chance in a small document; nine of ten in a larger one are not.
  return both.length >= 3 && both.length >= writes.length * 0.9
}

function judge(
  document: JsonObject,
  operation: Operation,
  paths: readonly DocumentPath[],
  everythingIs201: boolean,
): Judged | string {
  const shape = pathShape(operation.path)
  const body = requestBodyOf(document, operation)
  if (operation.method === 'PUT') {
    if (shape.trailing === undefined) return 'a PUT to a path that names no single resource'
    const declared = operation.raw['x-creation'] !== undefined
    const posts = pathsAt(paths, parentKey(shape))[0]?.methods.has('POST') === true
    const elsewhere = posts ? ', and a POST to the collection creates' : ''
    if (!declared && !operation.statuses.includes('201')) {
      return `a PUT that declares no 201: it replaces what is there${elsewhere}`
    }
    // Without parents, only the resource itself can be what is not found.
    if (!declared && posts && operation.statuses.includes('404') && shape.parameters.length === 1) {
      return `a PUT that declares 404: it replaces what is there${elsewhere}`
    }
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === shape.trailing)
    if (parameter?.schema['enum'] !== undefined || parameter?.schema['type'] === 'boolean')
      return 'a PUT whose names are a closed list: none of them is new'
    if (!declared && everythingIs201)
      return 'a PUT in a document that declares 201 for everything: it replaces what is there'
    if (body.kind === 'not-json' || body.kind === 'broken') return 'its body is nothing that could be made'
    return { body, related: relatedToItem(shape, paths) }
  }
  const batch = findBatch(operation, body, (of) => relatedToCollection(of, paths), singleIn(document, paths))
  if (batch !== undefined) return { body, related: relatedToCollection(pathShape(batch.collection), paths), batch }
  if (operation.raw['x-creation'] === undefined && seemsBatch(operation, body))
    return 'it creates several at once, and where its body has them is not understood'
  const related = shape.trailing === undefined ? relatedToCollection(shape, paths) : relatedToItem(shape, paths)
  const sameGet = pathsAt(paths, shape.key)[0]?.methods.get('GET')
  const classification = classifyPost(operation, body, { related, sameGet, everythingIs201 })
  return classification.creates ? { body, related } : classification.why
}

/** What creates one thing at a path. */
function singleIn(document: JsonObject, paths: readonly DocumentPath[]): (shape: PathShape) => JsonSchema | undefined {
  return (shape) => {
    const post = pathsAt(paths, shape.key)
      .find((path) => path.methods.has('POST'))
      ?.methods.get('POST')
    const body = post === undefined ? undefined : requestBodyOf(document, post)
    return body?.kind === 'json' ? body.body.schema : undefined
  }
}

function toCreation(
  document: JsonObject,
  operation: Operation,
  { body, related, batch }: Judged,
  overrideOf: (id: string, operation: string) => OperationOverride,
  ids: Set<string>,
): Creation {
  const name = `${operation.method} ${operation.path}`
  // Copy and paste leaves two operations with one id; the path tells them apart.
  const id = operation.operationId === undefined || ids.has(operation.operationId) ? name : operation.operationId
  ids.add(id)
  const override = overrideOf(id, name)
  const json =
    body.kind === 'json' || body.kind === 'form' ? requireMembers(body.body, override.required ?? []) : undefined
  return {
    id,
    ...(typeof operation.raw['description'] === 'string' ? { description: operation.raw['description'] } : {}),
    method: operation.method as 'POST' | 'PUT',
    path: operation.path,
    parameters: operation.parameters,
    ...(operation.server?.kind === 'here' && { baseUrl: operation.server.baseUrl }),
    ...(json === undefined ? {} : { body: json }),
    ...(batch === undefined ? {} : { batch }),
    responses: operation.responses,
    ...withoutListReads(related),
    parents: [],
    policy: findPolicy(operation, batch?.item.schema ?? json?.schema, override),
    security: securityHeaders(document, operation.raw),
  }
}

/** `GET /reservations/{username}` that answers a list reads no reservation, and its 404 would be no fault. */
function withoutListReads({ read, ...others }: RelatedOperations): RelatedOperations {
  const schemas = Object.values(read?.responses['200']?.content ?? {}).map(({ schema }) => schema)
  const isList = schemas.some((schema) => schema !== undefined && effectiveSchema(schema, schema)['type'] === 'array')
  return read === undefined || isList ? others : { ...others, read }
}

function withLinks(creation: Creation, others: readonly Creation[]): Creation {
  const { batch, body } = creation
  const one =
    batch === undefined || body === undefined ? creation : { ...creation, path: batch.collection, body: batch.item }
  const references = findReferences(one, others)
  return { ...creation, parents: findParents(creation, others), ...(references.length > 0 ? { references } : {}) }
}
