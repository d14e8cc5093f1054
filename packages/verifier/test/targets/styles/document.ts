import type { DeclaredCreate } from '../bookshop.ts'
import { parentProperties, properties, required } from './schema.ts'
import type { Style } from './style.ts'
import { outward, type Words } from './words.ts'

/** The OpenAPI document of an API in a style and in words. */
export function documentOf(
  style: Style,
  words: Words,
  origin: string,
  declares: (operation: DeclaredCreate) => DeclaredCreate = (operation) => operation,
): unknown {
  const { collection, parent, prefix } = words
  const base = style.nested ? `/${parent}/{parentKey}/${collection}` : `/${collection}`
  const parameters = style.nested ? [pathParameter('parentKey', style)] : []
  const paths = {
    ...(style.nested
      ? routes(`/${parent}`, parent, style, words, [], parentSchema(words), 'parent', (operation) => operation)
      : {}),
    ...routes(base, collection, style, words, parameters, ownSchema(style, words), 'own', declares),
  }
  return { openapi: '3.1.0', info: { title: collection, version: '1' }, servers: [{ url: origin + prefix }], paths }
}

type Schema = { input: Record<string, unknown>; members: Record<string, unknown> }

function routes(
  base: string,
  noun: string,
  style: Style,
  words: Words,
  parameters: readonly unknown[],
  { input, members }: Schema,
  kind: 'own' | 'parent',
  declares: (operation: DeclaredCreate) => DeclaredCreate,
) {
  const id = style.ids === 'integer' ? { type: 'integer' } : { type: 'string' }
  const shown = { type: 'object', properties: { [words.id]: id, ...members } }
  const type = style.envelope === 'json-api' ? 'application/vnd.api+json' : 'application/json'
  const content = (schema: unknown) => ({ [type]: { schema } })
  const one = wrapped(shown, style, noun, words)
  const keyed = kind === 'own' && style.keys !== 'none'
  const duplicates = kind === 'parent' ? 'none' : style.duplicates
  const created = { whole: '201', id: '201', empty: '201', '204': '204', '202': '202' }[style.created]
  const refused = { description: 'refused', content: { [errorTypes[style.errors]]: { schema: { type: 'object' } } } }
  const others = {
    whole: { ...(/^4/.test(duplicates) ? { [duplicates]: refused } : {}), '4XX': refused },
    default: { default: refused },
    successes: {},
  }[style.documents]
  const location = style.documents === 'successes' ? {} : { headers: { Location: { schema: text } } }
  const policy = {
    ...(duplicates === 'none' ? {} : { naturalKey: [words.members['code'] ?? 'code'] }),
    ...(duplicates === 'none'
      ? {}
      : {
          duplicates: duplicates === 'allow' ? 'allow' : /^4/.test(duplicates) ? 'reject' : 'return-existing',
        }),
    ...(keyed ? { idempotency: style.keys } : {}),
  }
  const keyParameter = { name: 'Idempotency-Key', in: 'header', required: style.keys === 'required', schema: text }
  const body = style.envelope === 'json-api' ? jsonApi(input, noun) : input
  return {
    [base]: {
      parameters,
      post: declares({
        operationId: `add-${noun}`,
        parameters: keyed ? [keyParameter] : [],
        requestBody: { required: true, content: content(body) },
        responses: {
          [kind === 'own' ? created : '201']: {
            description: 'created',
            ...location,
            ...(style.created === 'whole' ? { content: content(one) } : {}),
          },
          ...others,
        },
        ...(style.declares && Object.keys(policy).length > 0 ? { 'x-creation': policy } : {}),
      }),
      get: { parameters: paging(style), responses: { 200: { description: 'a list' } } },
    },
    [`${base}/{itemKey}`]: {
      parameters: [...parameters, pathParameter('itemKey', style)],
      get: { responses: { 200: { description: 'one', content: content(one) } } },
      ...(style.deletes ? { delete: { responses: { 204: { description: 'gone' } } } } : {}),
    },
  }
}

const text = { type: 'string' }

const errorTypes = {
  problem: 'application/problem+json',
  own: 'application/json',
  'json-api': 'application/vnd.api+json',
}

function pathParameter(name: string, { ids }: Style) {
  return { name, in: 'path', required: true, schema: ids === 'integer' || ids === 'url' ? { type: 'integer' } : text }
}

function ownSchema({ soft }: Style, words: Words): Schema {
  const shown = outward(properties, words)
  const needed = required.map((name) => words.members[name] ?? name)
  const input = {
    type: 'object',
    required: needed,
    properties: shown,
    ...(soft ? {} : { additionalProperties: false }),
  }
  const server = outward({ status: text, createdAt: { type: 'string', format: 'date-time' } }, words)
  return { input, members: { ...shown, ...server } }
}

function parentSchema(words: Words): Schema {
  const shown = outward(parentProperties, words)
  return { input: { type: 'object', required: Object.keys(shown), properties: shown }, members: shown }
}

function wrapped(schema: unknown, { envelope }: Style, noun: string, words: Words): unknown {
  if (envelope === 'none' || envelope === 'hal') return schema
  const name = envelope === 'named' ? noun.replace(/s$/, '') : envelope === 'json-api' ? 'data' : envelope
  if (envelope !== 'json-api') return { type: 'object', properties: { [name]: schema } }
  const { properties: all } = schema as { properties: Record<string, unknown> }
  const { [words.id]: _, ...attributes } = all
  const resource = { type: text, id: text, attributes: { type: 'object', properties: attributes } }
  return { type: 'object', properties: { data: { type: 'object', properties: resource } } }
}

function jsonApi(attributes: unknown, noun: string) {
  const data = {
    type: 'object',
    required: ['type', 'attributes'],
    properties: { type: { const: noun }, attributes },
  }
  return { type: 'object', required: ['data'], properties: { data } }
}

function paging({ list }: Style): unknown[] {
  const query = (name: string, schema: unknown) => ({ name, in: 'query', schema })
  const whole = { type: 'integer', minimum: 1 }
  if (list === 'pages') return [query('page', whole)]
  if (list === 'offset') return [query('offset', { type: 'integer', minimum: 0 }), query('limit', whole)]
  return list === 'cursor' ? [query('cursor', text)] : []
}
