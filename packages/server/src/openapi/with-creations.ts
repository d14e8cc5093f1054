import { buildOperation } from './build-operation.ts'
import { type ComponentKind, collectComponents } from './components.ts'
import { findRead } from './find-read.ts'
import { linkToRead } from './link-to-read.ts'
import { mergeOperation } from './merge-operation.ts'
import { type Creations, type MountedCreation, toMounted } from './mounted-creation.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { sameJson } from './same-json.ts'

/**
 * A copy of an OpenAPI 3.1 document with creations merged into it. Nothing of the document is lost: what it says of an
 * operation stays, and the creation adds what is missing. The given document is never changed.
 *
 * @throws TypeError for a document of another version, and where document and creation contradict each other: an
 * `operationId` or a component's name that means something else already, another schema, another `x-creation`. The message
 * names both.
 *
 * @example
 * const document = withCreations({ openapi: '3.1.0', info, paths: {} }, { 'POST /orders': createOrder })
 */
export function withCreations<Document extends object>(document: Document, creations: Creations): Document {
  const given = document as OpenApiObject
  demandVersion(given)
  const components = collectComponents()
  const mounted = toMounted(creations)
  const built = mounted.map((one) => ({ ...one, operation: toShared(given, one, components) }))
  const merged: OpenApiObject = {
    ...given,
    paths: { ...given['paths'] },
    components: mergeComponents(given['components'] ?? {}, components.collected),
  }
  const ids = operationIds(given)
  for (const { path, method: upper, operation } of built) {
    const name = `${upper} ${path}`
    const method = upper.toLowerCase()
    const item: OpenApiObject = merged['paths'][path] ?? {}
    if (item['$ref'] !== undefined) throw new TypeError(`${name}: the path is a $ref in the document; write it out.`)
    const own = mergeOperation(item[method] ?? {}, operation, { document: merged, item, name })
    const holder = ids.get(own['operationId'])
    if (holder !== undefined && holder !== name)
      throw new TypeError(
        `${name} has the operationId ${JSON.stringify(own['operationId'])}, which ${holder} has already.`,
      )
    ids.set(own['operationId'], name)
    merged['paths'][path] = { ...item, [method]: own }
  }
  return merged as Document
}

function demandVersion({ openapi, swagger }: OpenApiObject): void {
  if (typeof openapi === 'string' && /^3\.[12]\./.test(openapi)) return
  throw new TypeError(
    `The document must be OpenAPI 3.1 (openapi: '3.1.0'), whose schemas are JSON Schema; this one says ${JSON.stringify(openapi ?? swagger)}. With @fastify/swagger write { openapi: { openapi: '3.1.0' } }, with @nestjs/swagger new DocumentBuilder().setOpenAPIVersion('3.1.0').`,
  )
}

function toShared(
  document: OpenApiObject,
  { path, creation }: MountedCreation,
  components: ReturnType<typeof collectComponents>,
): OpenApiObject {
  const { definition } = creation
  const read = findRead(document, definition.location)
  return buildOperation(definition, {
    path,
    components,
    read: read?.schema,
    linksFor: (schema) =>
      read === undefined ? {} : linkToRead(withCollected(document, components), read, path, schema),
  })
}

function withCollected(document: OpenApiObject, { collected }: ReturnType<typeof collectComponents>): OpenApiObject {
  const { components = {} } = document
  return {
    ...document,
    components: { ...components, schemas: { ...components.schemas, ...Object.fromEntries(collected.schemas) } },
  }
}

function mergeComponents(
  theirs: OpenApiObject,
  collected: Readonly<Record<ComponentKind, ReadonlyMap<string, OpenApiObject>>>,
): OpenApiObject {
  const merged = { ...theirs }
  for (const [kind, parts] of Object.entries(collected)) {
    if (parts.size === 0) continue
    const known: OpenApiObject = theirs[kind] ?? {}
    for (const [name, part] of parts) {
      if (name in known && !sameJson(known[name], part))
        throw new TypeError(
          `The document has a component ${kind}/${name} already, and it is not that of the creations; rename it.`,
        )
    }
    merged[kind] = { ...known, ...Object.fromEntries(parts) }
  }
  return merged
}

/** Every operationId of the document with the operation that has it. */
function operationIds({ paths = {} }: OpenApiObject): Map<string, string> {
  const ids = new Map<string, string>()
  for (const [path, item] of Object.entries<OpenApiObject>(paths)) {
    for (const [method, operation] of Object.entries<OpenApiObject>(item ?? {})) {
      const id = operation?.['operationId']
      if (typeof id === 'string') ids.set(id, `${method.toUpperCase()} ${path}`)
    }
  }
  return ids
}
