import { randomUUID } from 'node:crypto'

/** What the service of these tests is asked, and what it answers. */
export interface ItemsRequest {
  readonly method: string
  readonly path: string
  readonly contentType: string
  readonly key?: string | undefined
  /** Undefined where it was no UTF-8. */
  readonly text: string | undefined
}
export interface ItemsAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Bytes as text, where they are UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A service of items without a framework, right or with the most usual fault: 200 without Location. */
export function createItems(isRight = true): {
  answer(request: ItemsRequest): ItemsAnswer
  readonly items: Map<string, object>
} {
  const items = new Map<string, object>()
  const recorded = new Map<string, { readonly text: string; readonly answer: ItemsAnswer }>()
  const json = (status: number, body: object, headers = {}): ItemsAnswer => ({
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const problem = (status: number, code: string, more: object = {}, headers = {}): ItemsAnswer =>
    json(
      status,
      { type: `/problems/${code}`, title: code, status, ...more },
      {
        'Content-Type': 'application/problem+json',
        ...headers,
      },
    )

  function create({ contentType, key, text }: ItemsRequest): ItemsAnswer {
    if (!/^application\/json\b/.test(contentType))
      return problem(415, 'unsupported-media-type', {}, { 'Accept-Post': 'application/json' })
    if (key !== undefined && !/^([!#-+\--:<-[\]-~]{1,255}|"[!#-+\--:<-[\]-~]{1,255}")$/.test(key))
      return problem(400, 'idempotency-key-invalid')
    const before = key === undefined ? undefined : recorded.get(key.replaceAll('"', ''))
    let input: unknown
    try {
      input = JSON.parse(text ?? '')
    } catch {
      return problem(400, 'malformed-body')
    }
    const canonical = JSON.stringify(sorted(input))
    if (before !== undefined) {
      if (before.text !== canonical) return problem(422, 'idempotency-key-reused')
      return { ...before.answer, headers: { ...before.answer.headers, 'Idempotent-Replayed': 'true' } }
    }
    const pointers = faultsOf(input)
    if (pointers.length > 0)
      return problem(400, 'invalid-input', { errors: pointers.map((pointer) => ({ pointer, detail: 'is wrong' })) })
    const id = randomUUID()
    const item = { id, ...(input as object) }
    items.set(id, item)
    const answer = isRight ? json(201, item, { Location: `/items/${id}` }) : json(200, item)
    if (key !== undefined) recorded.set(key.replaceAll('"', ''), { text: canonical, answer })
    return answer
  }

  return {
    items,
    answer(request) {
      const { method, path } = request
      if (path === '/openapi.json') return json(200, itemsDocument)
      if (path === '/items') {
        if (method === 'POST') return create(request)
        if (method === 'GET') return json(200, [...items.values()])
        return problem(405, 'method-not-allowed', {}, { Allow: 'GET, POST' })
      }
      const id = /^\/items\/([^/]+)$/.exec(path)?.[1] ?? ''
      const item = items.get(id)
      if (item === undefined) return problem(404, 'not-found')
      if (method === 'GET') return json(200, item)
      if (method !== 'DELETE') return problem(405, 'method-not-allowed', {}, { Allow: 'GET, DELETE' })
      items.delete(id)
      return { status: 204, headers: {}, body: '' }
    },
  }
}

function faultsOf(input: unknown): string[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return ['']
  const { name, amount, ...more } = input as Record<string, unknown>
  return [
    ...(typeof name === 'string' && name.length > 0 && name.length <= 100 ? [] : ['/name']),
    ...(Number.isSafeInteger(amount) && (amount as number) >= 1 && (amount as number) <= 99 ? [] : ['/amount']),
    ...Object.keys(more).map((member) => `/${member}`),
  ]
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const item = {
  type: 'object',
  required: ['name', 'amount'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100 },
    amount: { type: 'integer', minimum: 1, maximum: 99 },
  },
}
const shown = {
  ...item,
  required: ['id', 'name', 'amount'],
  properties: { id: { type: 'string' }, ...item.properties },
}
const content = (schema: object) => ({ 'application/json': { schema } })
const problems = {
  '4XX': { description: 'a problem', content: { 'application/problem+json': { schema: { type: 'object' } } } },
}
const key = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'A key is remembered for 24 hours: a retry with it gets the same answer, and another body with it 422.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

/** What the service says of itself. Its server is another one, which must never be called. */
export const itemsDocument = {
  openapi: '3.1.0',
  info: { title: 'Items', version: '1' },
  servers: [{ url: 'https://production.example' }],
  paths: {
    '/items': {
      post: {
        operationId: 'createItem',
        parameters: [key],
        requestBody: { required: true, content: content(item) },
        responses: {
          201: {
            description: 'created',
            headers: { Location: { schema: { type: 'string' } } },
            content: content(shown),
          },
          ...problems,
        },
      },
      get: {
        operationId: 'listItems',
        responses: { 200: { description: 'all', content: content({ type: 'array', items: shown }) } },
      },
    },
    '/items/{id}': {
      parameters: [id],
      get: {
        operationId: 'readItem',
        responses: { 200: { description: 'one', content: content(shown) }, ...problems },
      },
      delete: { operationId: 'deleteItem', responses: { 204: { description: 'deleted' }, ...problems } },
    },
  },
}
