import type { Creation } from '@createonce/server'
import { type OpenApiObject, toOperation } from '@createonce/server/openapi'
import type { Plan } from '../plan/plan.ts'
import { toOldSchema } from './to-old-schema.ts'

/** What is needed besides the document to tell what is served. */
export interface ServedDocumentOptions {
  readonly plan: Plan
  /** What was defined for an operation, by `POST /orders`. */
  readonly creations: ReadonlyMap<string, Creation>
  /** Paths that are read and that the document does not have: by template, what GET answers and the name of the id. */
  readonly added: readonly AddedRead[]
  /** The address by which clients reach the service. */
  readonly publicBaseUrl: string | undefined
}

/** A read that the document lacks: a Location has to lead somewhere. */
export interface AddedRead {
  readonly path: string
  readonly noun: string
  /** The operation whose answer and security it has. */
  readonly like: OpenApiObject
}

const PROBLEM = 'CreateonceProblem'

/**
 * The document as it is served: what it says stays, and what is served besides is added: 201 with Location, keys, every
 * problem with its code; where a resource is read; 501 for what is not served, with the reason.
 */
export function servedDocument(document: OpenApiObject, options: ServedDocumentOptions): OpenApiObject {
  const { plan, creations, added, publicBaseUrl } = options
  const served = structuredClone(document)
  served['servers'] = [{ url: publicBaseUrl ?? '/' }]
  const paths = served['paths'] as OpenApiObject
  for (const { operation } of plan.served) {
    const here = operationAt(paths, operation.path, operation.method)
    const creation = creations.get(`${operation.method} ${operation.path}`)
    if (here === undefined) continue
    if (creation !== undefined) addCreation(served, here, creation, operation.path)
    else addAnswers(served, here)
  }
  for (const { operation, why } of plan.unserved) {
    const here = operationAt(paths, operation.path, operation.method)
    if (here === undefined) continue
    here['x-served'] = false
    here['x-why'] = why
    here['responses'] = { ...here['responses'], 501: problemResponse(`Not served: ${why}.`) }
  }
  for (const { path, noun, like } of added) {
    paths[path] = { ...(paths[path] ?? { parameters: parametersOf(path) }), get: readOperation(noun, like) }
  }
  const components = (served['components'] ?? {}) as OpenApiObject
  served['components'] = { ...components, schemas: { ...components['schemas'], [PROBLEM]: problemSchema } }
  return served
}

/** Follows a reference within the document; what leads nowhere says nothing. */
function resolve(document: OpenApiObject, part: OpenApiObject): OpenApiObject {
  let found: unknown = part
  for (let steps = 0; steps < 10; steps++) {
    const reference = (found as OpenApiObject | undefined)?.['$ref'] as unknown
    if (typeof reference !== 'string' || !reference.startsWith('#/')) break
    found = reference
      .slice(2)
      .split('/')
      .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (at, token) =>
          at !== null && typeof at === 'object' && Object.hasOwn(at, token) ? (at as OpenApiObject)[token] : undefined,
        document,
      )
  }
  return typeof found === 'object' && found !== null ? (found as OpenApiObject) : {}
}

function operationAt(paths: OpenApiObject, path: string, method: string): OpenApiObject | undefined {
  const item = paths[path] as OpenApiObject | undefined
  // Everything is served by one server.
  if (item !== undefined) delete item['servers']
  const operation = item?.[method.toLowerCase()] as OpenApiObject | undefined
  if (operation !== undefined) delete operation['servers']
  return operation
}

function addCreation(document: OpenApiObject, here: OpenApiObject, creation: Creation, path: string): void {
  const ours = toOperation(creation, { path })
  const declaredParameters = ((here['parameters'] ?? []) as OpenApiObject[]).map((one) => resolve(document, one))
  const names = new Set(declaredParameters.map(({ name }) => String(name).toLowerCase()))
  const isHeader = (one: OpenApiObject): boolean =>
    one['in'] === 'header' && !names.has(String(one['name']).toLowerCase())
  const parameters = (ours['parameters'] as OpenApiObject[]).filter(isHeader).map((one) => ({
    ...one,
    schema: toOldSchema(one['schema']),
  }))
  here['parameters'] = [...(here['parameters'] ?? []), ...parameters]
  here['x-creation'] = { ...ours['x-creation'], ...here['x-creation'] }
  const responses = { ...here['responses'] } as OpenApiObject
  const declared = responses['201'] ?? responses['200'] ?? responses['2XX'] ?? responses['default'] ?? {}
  for (const [status, response] of Object.entries<OpenApiObject>(ours['responses'])) {
    const headers = Object.fromEntries(
      Object.entries<OpenApiObject>(response['headers'] ?? {}).map(([name, header]) => [
        name,
        { ...header, schema: toOldSchema(header['schema']) },
      ]),
    )
    if (status.startsWith('2')) {
      const own = resolve(document, responses[status] ?? (status === '201' ? declared : {}))
      responses[status] = {
        description: response['description'],
        ...asJson(own),
        headers: { ...headers, ...own['headers'] },
      }
    } else {
      responses[status] = withProblem(document, responses[status], String(response['description']), headers)
    }
  }
  here['responses'] = responses
}

/** What reads, changes and deletes answer besides what the document says. */
function addAnswers(document: OpenApiObject, here: OpenApiObject): void {
  const responses = { ...here['responses'] } as OpenApiObject
  for (const [status, response] of Object.entries<OpenApiObject>(responses)) {
    if (status.startsWith('2')) responses[status] = asJson(resolve(document, response))
  }
  responses['404'] = withProblem(document, responses['404'], 'There is no such resource.')
  here['responses'] = responses
}

/** Whatever media types of JSON a document names, it is served as the one that all clients read. */
function asJson(response: OpenApiObject): OpenApiObject {
  const content = response['content'] as OpenApiObject | undefined
  const media = Object.values<OpenApiObject>(content ?? {})[0]
  return media === undefined ? response : { ...response, content: { 'application/json': media } }
}

/** A refusal with the problem that is answered beside what the document declares. */
function withProblem(
  document: OpenApiObject,
  declared: OpenApiObject | undefined,
  description: string,
  headers: OpenApiObject = {},
): OpenApiObject {
  const problem = problemResponse(description, headers)
  if (declared === undefined) return problem
  const own = resolve(document, declared)
  return {
    ...problem,
    ...own,
    headers: { ...headers, ...own['headers'] },
    content: { ...own['content'], ...problem['content'] },
  }
}

/** Path parameters in the order of the template. */
function parametersOf(path: string): readonly OpenApiObject[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function readOperation(noun: string, like: OpenApiObject): OpenApiObject {
  return {
    summary: `Read one ${noun}`,
    description: 'Not in the document; served because a Location has to lead somewhere.',
    ...like,
    responses: { ...like['responses'], 404: problemResponse('There is no such resource.') },
  }
}

function problemResponse(description: string, headers: OpenApiObject = {}): OpenApiObject {
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${PROBLEM}` } } },
  }
}

/** RFC 9457 §3, in words that OpenAPI 3.0 and 3.1 share. */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Ends in the stable code of the problem.' },
    title: { type: 'string', description: 'The same for every problem of this type.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What was wrong with this request.' },
    requestId: { type: 'string', description: 'Leads to the log line.' },
    errors: {
      type: 'array',
      description: 'Of `invalid-input`: every fault.',
      items: {
        type: 'object',
        required: ['detail'],
        properties: { pointer: { type: 'string' }, parameter: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    fields: { type: 'array', items: { type: 'string' } },
    existing: { type: 'string', format: 'uri-reference' },
  },
}
