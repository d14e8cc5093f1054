/** What a page's programs promise, as far as it differs from page to page. */
export interface Promises {
  /** Members of `x-creation`. */
  readonly creation?: Readonly<Record<string, unknown>>
  /** Whether the document declares the header Idempotency-Key. */
  readonly key?: 'optional' | 'required'
  /** Members of the body beside the name. */
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  /** Statuses that the document declares beside 201. */
  readonly statuses?: readonly string[]
  /** Below which parents items are created. */
  readonly parent?: true
  /** Whether items are created several at once. */
  readonly several?: true
  /** Whether items are created by PUT, under names that clients choose. */
  readonly put?: true
  /** Whether items can be deleted. */
  readonly deletable?: true
}

/** The OpenAPI document of the items that the programs of the pages create. */
export function toDocument(origin: string, promises: Promises): object {
  const { creation, key, properties = {}, required = [], statuses = [], parent, several, put, deletable } = promises
  const collection = parent ? '/lists/{listId}/items' : '/items'
  const listId = { name: 'listId', in: 'path', required: true, schema: { type: 'string' } }
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const inPath = parent ? [listId] : []
  const header = {
    name: 'Idempotency-Key',
    in: 'header',
    required: key === 'required',
    schema: { type: 'string', maxLength: 255 },
  }
  const item = {
    type: 'object',
    required: ['name', ...required],
    properties: { name: { type: 'string', minLength: 1, maxLength: 100 }, ...properties },
  }
  const content = { 'application/json': { schema: several ? { type: 'array', items: item } : item } }
  const create = {
    operationId: 'createItem',
    ...(creation === undefined ? {} : { 'x-creation': creation }),
    parameters: [...inPath, ...(key === undefined ? [] : [header]), ...(put ? [id] : [])],
    requestBody: { required: true, content },
    responses: Object.fromEntries(['201', ...statuses].map((status) => [status, { description: status }])),
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Items', version: '1' },
    servers: [{ url: origin }],
    paths: {
      ...(parent ? lists : {}),
      [collection]: {
        ...(several || put ? {} : { post: create }),
        get: { parameters: inPath, responses: { 200: { description: 'all items' } } },
      },
      ...(several ? { [`${collection}/bulk-create`]: { post: create } } : {}),
      [`${collection}/{id}`]: {
        get: { parameters: [...inPath, id], responses: { 200: { description: 'one item' } } },
        ...(put ? { put: create } : {}),
        ...(deletable
          ? { delete: { parameters: [...inPath, id], responses: { 204: { description: 'deleted' } } } }
          : {}),
      },
    },
  }
}

const lists = {
  '/lists': {
    post: {
      operationId: 'createList',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } },
          },
        },
      },
      responses: { 201: { description: 'created' } },
    },
    get: { responses: { 200: { description: 'all lists' } } },
  },
  '/lists/{listId}': {
    get: {
      parameters: [{ name: 'listId', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: { description: 'one list' } },
    },
  },
}
