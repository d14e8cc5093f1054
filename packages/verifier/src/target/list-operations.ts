import { isRecord, type JsonObject } from './is-record.ts'
import { resolveObject } from './resolve-object.ts'
import { type ServerOf, serversOver } from './servers-over.ts'
import type { DeclaredResponse, JsonSchema, Parameter } from './target.ts'
import { toStandaloneSchema } from './to-standalone-schema.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

/** An operation as the document states it, with the references around it followed. */
export interface Operation {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH'
  readonly path: string
  readonly operationId: string | undefined
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly requestBody: JsonObject | undefined
  /** The statuses that are declared, e.g. `201`, `4XX`, `default`. */
  readonly statuses: readonly string[]
  readonly responses: Readonly<Record<string, DeclaredResponse>>
  /** Where it runs, where that is not where the document says that the API runs. */
  readonly server?: ReturnType<ServerOf>
  /** The operation object itself, for extensions and security. */
  readonly raw: JsonObject
}

/** The operations of a document, in its order. Responses are converted only when somebody looks at them. */
export function listOperations(document: JsonObject, serverOf?: ServerOf): readonly Operation[] {
  const operations: Operation[] = []
  const paths = isRecord(document['paths']) ? document['paths'] : {}
  for (const [path, declared] of Object.entries(paths)) {
    const item = resolveObject(document, declared)
    if (item === undefined || !path.startsWith('/')) continue
    for (const method of METHODS) {
      const raw = item[method]
      if (isRecord(raw))
        operations.push(toOperation(document, path, method.toUpperCase() as 'GET', item, raw, serverOf))
    }
  }
  return operations
}

function toOperation(
  document: JsonObject,
  path: string,
  method: Operation['method'],
  item: JsonObject,
  raw: JsonObject,
  serverOf: ServerOf | undefined,
): Operation {
  const declared = isRecord(raw['responses']) ? raw['responses'] : {}
  const own = serversOver(item, raw)
  let responses: Operation['responses'] | undefined
  return {
    method,
    path,
    operationId: typeof raw['operationId'] === 'string' && raw['operationId'] ? raw['operationId'] : undefined,
    summary: typeof raw['summary'] === 'string' ? raw['summary'] : '',
    tags: Array.isArray(raw['tags']) ? raw['tags'].filter((tag) => typeof tag === 'string') : [],
    parameters: parametersOf(document, item, raw),
    requestBody: resolveObject(document, raw['requestBody']),
    statuses: Object.keys(declared).map((status) => status.toUpperCase().replace('DEFAULT', 'default')),
    get responses() {
      responses ??= responsesOf(document, declared)
      return responses
    },
    ...(own !== undefined && serverOf !== undefined && { server: serverOf(own) }),
    raw,
  }
}

/** The parameters of the operation, with those of its path item that it does not replace. */
function parametersOf(document: JsonObject, item: JsonObject, raw: JsonObject): readonly Parameter[] {
  const found = new Map<string, Parameter>()
  for (const list of [item['parameters'], raw['parameters']]) {
    for (const declared of Array.isArray(list) ? list : []) {
      const parameter = toParameter(document, resolveObject(document, declared))
      if (parameter !== undefined) found.set(`${parameter.in} ${parameter.name}`, parameter)
    }
  }
  return [...found.values()]
}

function toParameter(document: JsonObject, declared: JsonObject | undefined): Parameter | undefined {
  const place = declared?.['in']
  if (declared === undefined || typeof declared['name'] !== 'string') return undefined
  if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') return undefined
  const content = isRecord(declared['content']) ? Object.values(declared['content'])[0] : undefined
  const schema = declared['schema'] ?? resolveObject(document, content)?.['schema']
  const example = declared['example'] ?? examplesOf(document, declared)[0]
  return {
    name: declared['name'],
    in: place,
    required: place === 'path' || declared['required'] === true,
    schema: toStandaloneSchema(document, schema, 'request').schema,
    ...(example === undefined ? {} : { example }),
    ...(typeof declared['description'] === 'string' ? { description: declared['description'] } : {}),
  }
}

function responsesOf(document: JsonObject, declared: JsonObject): Readonly<Record<string, DeclaredResponse>> {
  const responses: Record<string, DeclaredResponse> = {}
  for (const [status, value] of Object.entries(declared)) {
    const response = resolveObject(document, value) ?? {}
    const headers = isRecord(response['headers']) ? Object.keys(response['headers']) : []
    const content: Record<string, { schema?: JsonSchema }> = {}
    for (const [type, media] of Object.entries(isRecord(response['content']) ? response['content'] : {})) {
      // OpenAPI 3.2 lets a media type be a reference, too.
      const schema = resolveObject(document, media)?.['schema']
      content[type] = schema === undefined ? {} : { schema: toStandaloneSchema(document, schema, 'response').schema }
    }
    responses[status.toUpperCase().replace('DEFAULT', 'default')] = { headers, content }
  }
  return responses
}

/** The values of the `example` and `examples` of a media type or a parameter. */
export function examplesOf(document: JsonObject, holder: JsonObject): readonly unknown[] {
  const values: unknown[] = holder['example'] === undefined ? [] : [holder['example']]
  const { examples } = holder
  for (const entry of isRecord(examples) ? Object.values(examples) : Array.isArray(examples) ? examples : []) {
    const example = resolveObject(document, entry)
    // OpenAPI 3.2 has a name of its own for an example that is data and not its text.
    for (const name of ['dataValue', 'value']) {
      if (example !== undefined && name in example) values.push(example[name])
    }
  }
  return values
}
