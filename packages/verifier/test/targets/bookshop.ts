/** One kind of resource of the bookshop, in the words of the undisguised API. */
export interface Kind {
  readonly name: 'books' | 'reviews' | 'orders'
  readonly parent?: 'books'
  readonly naturalKey?: readonly string[]
  readonly duplicates: 'reject' | 'return-existing' | 'allow'
  readonly idempotency: 'optional' | 'required'
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly required: readonly string[]
  /** What the server adds when it creates one. */
  readonly defaults: Readonly<Record<string, unknown>>
}

/** The bookshop: a unique key, a parent, and a required idempotency key. */
export const kinds: readonly Kind[] = [
  {
    name: 'books',
    naturalKey: ['isbn'],
    duplicates: 'reject',
    idempotency: 'optional',
    properties: {
      isbn: { type: 'string', pattern: '^97[89][0-9]{10}$' },
      title: { type: 'string', minLength: 1, maxLength: 200 },
      pages: { type: 'integer', minimum: 1, maximum: 10_000 },
      price: { type: 'number', minimum: 0, maximum: 100_000 },
      tags: { type: 'array', items: { type: 'string', maxLength: 40 }, maxItems: 5 },
    },
    required: ['isbn', 'title'],
    defaults: { status: 'draft' },
  },
  {
    name: 'reviews',
    parent: 'books',
    naturalKey: ['text'],
    duplicates: 'return-existing',
    idempotency: 'optional',
    properties: {
      stars: { type: 'integer', minimum: 1, maximum: 5 },
      text: { type: 'string', minLength: 1, maxLength: 2000 },
    },
    required: ['stars', 'text'],
    defaults: { published: false },
  },
  {
    name: 'orders',
    duplicates: 'allow',
    idempotency: 'required',
    properties: {
      customer: { type: 'string', minLength: 1, maxLength: 100 },
      email: { type: 'string', format: 'email' },
      quantity: { type: 'integer', minimum: 1, maximum: 99 },
    },
    required: ['customer', 'quantity'],
    defaults: { state: 'open' },
  },
]

/** Other words for the same API: what a judge must not depend on. */
export interface Disguise {
  readonly prefix: string
  readonly paths: Readonly<Record<Kind['name'], string>>
  /** New names of members, by old ones. */
  readonly members: Readonly<Record<string, string>>
  readonly id: { readonly member: string; readonly type: 'uuid' | 'integer' }
  /** Wraps resources and lists. */
  readonly envelope?: string
  readonly listEnvelope?: string
}

/** The API in its own words. */
export const plain: Disguise = {
  prefix: '',
  paths: { books: 'books', reviews: 'reviews', orders: 'orders' },
  members: {},
  id: { member: 'id', type: 'uuid' },
}

/** The same API in other words. */
export const masquerade: Disguise = {
  prefix: '/api/v2',
  paths: { books: 'products', reviews: 'comments', orders: 'tickets' },
  members: {
    isbn: 'ean',
    title: 'label',
    pages: 'weight',
    price: 'fee',
    tags: 'labels',
    stars: 'grade',
    text: 'remark',
    customer: 'holder',
    email: 'contact',
    quantity: 'seats',
    status: 'phase',
  },
  id: { member: 'ref_id', type: 'integer' },
  envelope: 'data',
  listEnvelope: 'items',
}

/** What the document says about a create. */
export interface DeclaredCreate {
  readonly parameters: readonly Record<string, unknown>[]
  readonly requestBody: { readonly required: boolean; readonly content: Readonly<Record<string, object>> }
  readonly responses: Readonly<Record<string, object>>
  readonly [member: string]: unknown
}

const problem = {
  type: 'object',
  required: ['title'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
  },
}

/** The OpenAPI document of the bookshop under a disguise; `declares` has the last word about its creates. */
export function toDocument(
  disguise: Disguise,
  declares: (operation: DeclaredCreate) => DeclaredCreate = (operation) => operation,
): Record<string, unknown> {
  const paths: Record<string, unknown> = {}
  for (const kind of kinds) {
    const { collection, item, parameters, itemParameter } = routesOf(kind, disguise)
    const input = {
      type: 'object',
      required: kind.required.map((name) => renamed(name, disguise)),
      properties: renamedKeys(kind.properties, disguise),
    }
    const idSchema = disguise.id.type === 'uuid' ? { type: 'string', format: 'uuid' } : { type: 'integer' }
    const output = {
      type: 'object',
      properties: {
        [disguise.id.member]: idSchema,
        ...input.properties,
        ...renamedKeys(Object.fromEntries(Object.keys(kind.defaults).map((name) => [name, {}])), disguise),
        createdAt: { type: 'string', format: 'date-time' },
      },
    }
    const wrapped =
      disguise.envelope === undefined ? output : { type: 'object', properties: { [disguise.envelope]: output } }
    const list = { type: 'array', items: output }
    const wrappedList =
      disguise.listEnvelope === undefined ? list : { type: 'object', properties: { [disguise.listEnvelope]: list } }
    const json = (schema: unknown) => ({ 'application/json': { schema } })
    paths[collection] = {
      parameters,
      post: declares({
        operationId: `create-${disguise.paths[kind.name]}`,
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: kind.idempotency === 'required',
            description: 'Remembered as long as the shop is open.',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ],
        requestBody: { required: true, content: json(input) },
        responses: {
          201: {
            description: 'created',
            headers: { Location: { schema: { type: 'string' } } },
            content: json(wrapped),
          },
          ...(kind.duplicates === 'return-existing'
            ? { 200: { description: 'it is there', content: json(wrapped) } }
            : {}),
          '4XX': { description: 'refused', content: { 'application/problem+json': { schema: problem } } },
        },
        'x-creation': {
          duplicates: kind.duplicates,
          idempotency: kind.idempotency,
          ...(kind.naturalKey === undefined
            ? {}
            : { naturalKey: kind.naturalKey.map((name) => renamed(name, disguise)) }),
        },
      }),
      get: {
        operationId: `list-${disguise.paths[kind.name]}`,
        responses: { 200: { description: 'a list', content: json(wrappedList) } },
      },
    }
    paths[item] = {
      parameters: [...parameters, { name: itemParameter, in: 'path', required: true, schema: idSchema }],
      get: {
        operationId: `read-${disguise.paths[kind.name]}`,
        responses: { 200: { description: 'one', content: json(wrapped) } },
      },
      delete: { operationId: `delete-${disguise.paths[kind.name]}`, responses: { 204: { description: 'gone' } } },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Bookshop', version: '1' },
    servers: [{ url: disguise.prefix === '' ? '/' : disguise.prefix }],
    paths,
  }
}

function routesOf(kind: Kind, disguise: Disguise) {
  const own = disguise.paths[kind.name]
  const itemParameter = `${own.replace(/s$/, '')}Id`
  if (kind.parent === undefined)
    return { collection: `/${own}`, item: `/${own}/{${itemParameter}}`, parameters: [], itemParameter }
  const parent = disguise.paths[kind.parent]
  const name = `${parent.replace(/s$/, '')}Id`
  const collection = `/${parent}/{${name}}/${own}`
  const schema = disguise.id.type === 'uuid' ? { type: 'string', format: 'uuid' } : { type: 'integer' }
  return {
    collection,
    item: `${collection}/{${itemParameter}}`,
    parameters: [{ name, in: 'path', required: true, schema }],
    itemParameter,
  }
}

/** The disguised name of a member. */
function renamed(name: string, disguise: Disguise): string {
  return disguise.members[name] ?? name
}

/** An object with its members' names disguised. */
export function renamedKeys<T>(members: Readonly<Record<string, T>>, disguise: Disguise): Record<string, T> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [renamed(name, disguise), value]))
}
