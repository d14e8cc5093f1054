import type { PutStyle } from './put-style.ts'
import type { PutWords } from './put-words.ts'

/** The OpenAPI document of an API by PUT. */
export function putDocument(style: PutStyle, words: PutWords, origin: string): unknown {
  const { collection, parent, prefix } = words
  const base = style.nested ? `/${parent}/{parentId}/${collection}` : `/${collection}`
  const parentParameter = { name: 'parentId', in: 'path', required: true, schema: nameSchema(style) }
  const above = style.nested ? [parentParameter] : []
  const input = inputOf(style, words)
  const parentInput = { type: 'object', required: [words.title], properties: { [words.title]: text } }
  const one = (schema: unknown, names: readonly unknown[], noun: string, parameter: string, isOwn: boolean) => ({
    parameters: [...names, { name: parameter, in: 'path', required: true, schema: nameSchema(style) }],
    get: { responses: { 200: { description: 'one' } } },
    put: {
      operationId: `put-${noun}`,
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: {
        201: { description: 'created' },
        ...(style.replaced === 'never' ? {} : { [style.replaced]: { description: 'replaced' } }),
        ...(isOwn && style.demands !== 'nothing' ? { [style.demands]: { description: 'without If-None-Match' } } : {}),
      },
    },
    ...(style.deletes ? { delete: { responses: { 204: { description: 'gone' } } } } : {}),
  })
  return {
    openapi: '3.1.0',
    info: { title: collection, version: '1' },
    servers: [{ url: origin + prefix }],
    paths: {
      ...(style.nested ? { [`/${parent}/{parentId}`]: one(parentInput, [], parent, 'parentId', false) } : {}),
      [`${base}/{${words.parameter}}`]: one(input, above, collection, words.parameter, true),
      [base]: {
        parameters: above,
        ...(style.lists ? { get: { responses: { 200: { description: 'all' } } } } : {}),
        ...(style.posts === 'no'
          ? {}
          : {
              post: {
                operationId: `add-${collection}`,
                requestBody: { required: true, content: { 'application/json': { schema: withoutId(input) } } },
                responses: { 201: { description: 'created' } },
              },
            }),
      },
    },
  }

  function withoutId(schema: typeof input) {
    return style.posts === 'takes ids' && style.ownId === 'none'
      ? inputOf({ ...style, ownId: 'optional' }, words)
      : schema
  }
}

const text = { type: 'string', minLength: 1, maxLength: 200 }

function nameSchema({ names }: PutStyle) {
  if (names === 'integer') return { type: 'integer', minimum: 1 }
  if (names === 'uuid') return { type: 'string', format: 'uuid' }
  return names === 'slug' ? { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' } : { type: 'string' }
}

function inputOf(style: PutStyle, words: PutWords) {
  const members = {
    type: 'object',
    required: [words.title, words.count, ...(style.ownId === 'required' ? [words.id] : [])],
    properties: {
      ...(style.ownId === 'none' ? {} : { [words.id]: nameSchema(style) }),
      [words.title]: text,
      [words.count]: { type: 'integer', minimum: 0, maximum: 1000 },
      [words.note]: { type: 'string', maxLength: 500 },
    },
  }
  return style.envelope === 'none' ? members : { type: 'object', required: ['data'], properties: { data: members } }
}
