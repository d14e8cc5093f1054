import { type ProblemCode, problemCatalogue } from '@createonce/server'
import { z } from 'zod'
import { bookInput } from './books.ts'
import { orderInput } from './orders.ts'
import { publisherInput } from './publishers.ts'

type Json = Record<string, unknown>

/** The bookshop's OpenAPI 3.1 document. */
export function openapiDocument(publicBaseUrl: string | undefined): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bookshop',
      version: '1.0.0',
      description: 'The built-in example of Createonce: three creations, each with another policy.',
    },
    servers: [{ url: publicBaseUrl ?? '/' }],
    paths: {
      '/publishers': {
        get: list('listPublishers', 'Publisher'),
        post: creation('createPublisher', 'Create a publisher', 'Publisher', {
          naturalKey: ['name'],
          duplicates: 'reject',
          idempotency: 'optional',
          retention: 'PT24H',
        }),
      },
      '/publishers/{id}': item('Publisher', []),
      '/publishers/{publisherId}/books': {
        parameters: [pathParameter('publisherId')],
        get: list('listBooks', 'Book'),
        post: creation('createBook', 'Create a book of a publisher', 'Book', {
          naturalKey: ['isbn'],
          duplicates: 'return-existing',
          idempotency: 'optional',
          retention: 'PT24H',
        }),
      },
      '/publishers/{publisherId}/books/{id}': item('Book', ['publisherId']),
      '/orders': {
        get: list('listOrders', 'Order'),
        post: creation('createOrder', 'Order books', 'Order', {
          duplicates: 'allow',
          idempotency: 'required',
          retention: 'PT24H',
        }),
      },
      '/orders/{id}': item('Order', []),
    },
    components: {
      schemas: {
        NewPublisher: inputSchema(publisherInput),
        Publisher: rowSchema(publisherInput, {}),
        NewBook: inputSchema(bookInput),
        Book: rowSchema(bookInput, { publisherId: { type: 'string', format: 'uuid' } }),
        NewOrder: inputSchema(orderInput),
        Order: rowSchema(orderInput, {}),
        Problem: problemSchema,
      },
    },
  }
}

type Policy = { naturalKey?: string[]; duplicates: string; idempotency: string; retention: string }

function creation(operationId: string, summary: string, name: string, policy: Policy): Json {
  const body = { 'application/json': { schema: ref(name) } }
  return {
    operationId,
    summary,
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: policy.idempotency === 'required',
        description:
          'A fresh random value for each new request, the same one for its retries: 1 to 255 visible ASCII characters, bare or as a quoted string. Remembered for 24 hours.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
    ],
    requestBody: { required: true, content: { 'application/json': { schema: ref(`New${name}`) } } },
    responses: {
      201: { description: 'Created.', headers: { Location: location, 'Idempotent-Replayed': replayed }, content: body },
      ...(policy.duplicates === 'return-existing' && {
        200: { description: 'It exists already.', headers: { Location: location }, content: body },
      }),
      ...problemResponses(Object.keys(problemCatalogue) as ProblemCode[]),
    },
    'x-creation': policy,
  }
}

const location = {
  description: 'Where the resource is.',
  required: true,
  schema: { type: 'string', format: 'uri-reference' },
}
const replayed = { description: '`true` on the answer to a retry.', schema: { type: 'string', enum: ['true'] } }

/** One response per status, naming the codes that it may have. */
function problemResponses(codes: readonly ProblemCode[]): Json {
  return Object.fromEntries(
    [...groupByStatus(codes)].map(([status, names]) => [
      status,
      {
        description: names.map((code) => `\`${code}\`: ${problemCatalogue[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  )
}

function groupByStatus(codes: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const groups = new Map<number, ProblemCode[]>()
  for (const code of codes) {
    const { status } = problemCatalogue[code]
    groups.set(status, [...(groups.get(status) ?? []), code])
  }
  return groups
}

function list(operationId: string, name: string): Json {
  return {
    operationId,
    parameters: [
      { name: 'after', in: 'query', description: 'The id after which the page begins.', schema: { type: 'string' } },
    ],
    responses: {
      200: {
        description: 'The newest first.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['items'],
              properties: { items: { type: 'array', items: ref(name) }, next: { type: 'string' } },
            },
          },
        },
      },
    },
  }
}

function item(name: string, parents: readonly string[]): Json {
  const missing = {
    description: 'There is nothing here.',
    content: { 'application/problem+json': { schema: ref('Problem') } },
  }
  return {
    parameters: [...parents, 'id'].map(pathParameter),
    get: {
      operationId: `get${name}`,
      responses: { 200: { description: 'It.', content: { 'application/json': { schema: ref(name) } } }, 404: missing },
    },
    delete: { operationId: `delete${name}`, responses: { 204: { description: 'Deleted.' }, 404: missing } },
  }
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

function inputSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest as Json
}

/** The schema of what is answered: the input with what the server sets. */
function rowSchema(input: z.ZodType, more: Json): Json {
  const { properties, required = [], ...rest } = inputSchema(input) as { properties: Json; required?: string[] }
  const set = { id: { type: 'string', format: 'uuid' }, ...more, createdAt: { type: 'string', format: 'date-time' } }
  return { ...rest, required: [...Object.keys(set), ...required], properties: { ...set, ...properties } }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    fields: { type: 'array', items: { type: 'string' } },
    existing: { type: 'string', format: 'uri-reference' },
  },
}
