// A service of items without a framework: created right, with a list, a read and a delete, so that the verifier has
// everything to look at.
import { randomUUID } from 'node:crypto'

const item = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'amount'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 100 }, amount: { type: 'integer', minimum: 1 } },
}
const shown = {
  ...item,
  required: ['id', ...item.required],
  properties: { id: { type: 'string' }, ...item.properties },
}
const content = (schema) => ({ 'application/json': { schema } })
const refused = {
  '4XX': { description: 'refused', content: { 'application/problem+json': { schema: { type: 'object' } } } },
}

/** What the service says of itself. */
export const itemsDocument = {
  openapi: '3.1.0',
  info: { title: 'Items', version: '1' },
  paths: {
    '/items': {
      post: {
        operationId: 'createItem',
        'x-creation': { duplicates: 'allow', idempotency: 'off' },
        requestBody: { required: true, content: content(item) },
        responses: {
          201: {
            description: 'created',
            headers: { Location: { schema: { type: 'string' } } },
            content: content(shown),
          },
          ...refused,
        },
      },
      get: { responses: { 200: { description: 'all', content: content({ type: 'array', items: shown }) } } },
    },
    '/items/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { responses: { 200: { description: 'one', content: content(shown) }, ...refused } },
      delete: { responses: { 204: { description: 'gone' }, ...refused } },
    },
  },
}

/** Answers one request, whatever framework it came through; `bytes` is its content. */
export function answerOf() {
  const items = new Map()
  return ({ method, path, type, bytes }) => {
    if (path === '/items' && method === 'POST') return create(items, type, bytes)
    if (path === '/items' && method === 'GET') return json(200, [...items.values()])
    const id = path.split('/')[2]
    if (path === '/items') return problem(405, { Allow: 'GET, POST' })
    if (!items.has(id)) return problem(404)
    if (method === 'GET') return json(200, items.get(id))
    if (method !== 'DELETE') return problem(405, { Allow: 'GET, DELETE' })
    items.delete(id)
    return { status: 204, headers: {}, body: '' }
  }
}

function create(items, type, bytes) {
  if (!/^application\/json\b/.test(type)) return problem(415, { 'Accept-Post': 'application/json' })
  let input
  try {
    input = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return problem(400)
  }
  const { name, amount, ...more } = Object(input)
  const isRight =
    typeof name === 'string' && name !== '' && name.length <= 100 && Number.isSafeInteger(amount) && amount >= 1
  if (!isRight || Object.keys(more).length > 0) return problem(422)
  const made = { id: randomUUID(), name, amount }
  items.set(made.id, made)
  return json(201, made, { Location: `/items/${made.id}` })
}

function json(status, body, headers) {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

function problem(status, headers) {
  return json(
    status,
    { type: 'about:blank', title: 'refused', status },
    { 'Content-Type': 'application/problem+json', ...headers },
  )
}
