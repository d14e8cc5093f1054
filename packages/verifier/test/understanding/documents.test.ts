import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadTarget } from '../../src/target/load-target.ts'
import { notGreen, runVerify, verifyTarget } from '../run-verify.ts'
import { startGarden } from '../targets/garden.ts'

type Json = Record<string, unknown>
type Version = '2.0' | '3.0.4' | '3.1.2' | '3.2.0'
type References = 'none' | 'within' | 'a circle' | 'another file' | 'a circle through other files'

const versions: readonly Version[] = ['2.0', '3.0.4', '3.1.2', '3.2.0']
const formats = { JSON: JSON.stringify, YAML: (value: unknown) => stringify(value) }
const references: readonly References[] = ['none', 'within', 'a circle', 'another file', 'a circle through other files']

const node = (parts: Json): Json => ({
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1 }, count: { type: 'integer', minimum: 1 }, parts },
})
const partsOf = (items: Json): Json => ({ type: 'array', items })
const leaf: Json = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } }

/** The schema of a garden by a way of referring, what the document holds for it, and what other files do. */
function schemaBy(by: References, within: string, extension: string): { schema: Json; schemas: Json; files: Json } {
  const ref = (to: string): Json => ({ $ref: to })
  switch (by) {
    case 'none':
      return { schema: node(partsOf(leaf)), schemas: {}, files: {} }
    case 'within':
      return {
        schema: ref(`${within}/Garden`),
        schemas: { Garden: node(partsOf(ref(`${within}/Leaf`))), Leaf: leaf },
        files: {},
      }
    case 'a circle':
      return { schema: ref(`${within}/Garden`), schemas: { Garden: node(partsOf(ref(`${within}/Garden`))) }, files: {} }
    case 'another file':
      return {
        schema: ref(`./parts/all.${extension}#/Garden`),
        schemas: {},
        files: { [`/parts/all.${extension}`]: { Garden: node(partsOf(ref('#/Leaf'))), Leaf: leaf } },
      }
    case 'a circle through other files':
      return {
        schema: ref(`./parts/garden.${extension}`),
        schemas: {},
        files: {
          [`/parts/garden.${extension}`]: node(partsOf(ref(`./part.${extension}`))),
          [`/parts/part.${extension}`]: node(partsOf(ref(`garden.${extension}`))),
        },
      }
  }
}

/** A document of gardens in a version. */
function documentOf(version: Version, origin: string, schema: Json, schemas: Json): Json {
  const info = { title: 'Garden', version: '1' }
  const ok = { 200: { description: 'ok' } }
  const gone = { 204: { description: 'gone' } }
  const isOld = version === '2.0'
  const id = isOld ? { type: 'string' } : { schema: { type: 'string' } }
  const parameters = [{ name: 'gardenId', in: 'path', required: true, ...id }]
  const body = { required: true, content: { 'application/json': { schema } } }
  const post = {
    operationId: 'createGarden',
    ...(isOld ? { parameters: [{ in: 'body', name: 'garden', required: true, schema }] } : { requestBody: body }),
    responses: { 201: { description: 'created' } },
  }
  const paths = {
    '/gardens': { get: { responses: ok }, post },
    '/gardens/{gardenId}': { parameters, get: { responses: ok }, delete: { responses: gone } },
  }
  return isOld
    ? {
        swagger: version,
        info,
        host: new URL(origin).host,
        basePath: '/v1',
        schemes: ['http'],
        consumes: ['application/json'],
        paths,
        definitions: schemas,
      }
    : { openapi: version, info, servers: [{ url: '/v1' }], paths, components: { schemas } }
}

const checks = [
  'created-status-201',
  'input-roundtrip',
  'invalid-is-4xx',
  'location-resolves',
  'rejected-leaves-nothing',
]

describe.each(versions)('a document of OpenAPI %s', (version) => {
  const rows = Object.entries(formats).flatMap(([format, write]) =>
    references.map((by) => [format, by, write] as const),
  )

  test.concurrent.each(rows)(
    'in %s that refers to %s is understood, and the API judged by it',
    async (format, by, write) => {
      const extension = format.toLowerCase()
      const within = version === '2.0' ? '#/definitions' : '#/components/schemas'
      const { schema, schemas, files } = schemaBy(by, within, extension)
      const target = await startGarden({
        base: '/v1',
        documents: (origin) => ({
          [`/openapi.${extension}`]: write(documentOf(version, origin, schema, schemas)),
          ...Object.fromEntries(Object.entries(files).map(([path, held]) => [path, write(held)])),
        }),
      })
      const understood = await loadTarget(`${target.origin}/openapi.${extension}`)
      expect(understood.warnings).toEqual([])
      expect(understood.document.version).toBe(version)
      expect(understood.baseUrl).toBe(`${target.origin}/v1`)
      const { report } = await verifyTarget(understood, { checks })
      await target.close()
      expect(report.results.map(({ verdict }) => verdict)).toEqual(checks.map(() => 'pass'))
      // The rules of the schema were understood, and broken one by one: no name, and a part without one.
      const sent = report.exchanges.length
      expect(sent).toBeGreaterThan(0)
      expect(report.leftovers).toEqual([])
    },
  )
})

describe('what other parts of a document refer to', () => {
  const parts = (origin: string): Json => ({
    openapi: '3.2.0',
    info: { title: 'Garden', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/gardens': { $ref: '#/components/pathItems/Gardens' },
      '/gardens/{gardenId}': {
        parameters: [{ $ref: '#/components/parameters/Id' }],
        get: { responses: { 200: { $ref: '#/components/responses/Garden' } } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
    components: {
      pathItems: {
        Gardens: {
          get: { responses: { 200: { description: 'all' } } },
          post: {
            requestBody: { $ref: '#/components/requestBodies/Garden' },
            responses: { 201: { $ref: '#/components/responses/Garden' } },
          },
        },
      },
      parameters: { Id: { name: 'gardenId', in: 'path', required: true, schema: { type: 'string' } } },
      requestBodies: {
        Garden: { required: true, content: { 'application/json': { $ref: '#/components/mediaTypes/Garden' } } },
      },
      responses: {
        Garden: { description: 'one', content: { 'application/json': { $ref: '#/components/mediaTypes/Garden' } } },
      },
      mediaTypes: { Garden: { schema: { $ref: '#/components/schemas/Garden' } } },
      schemas: { Garden: node(partsOf(leaf)) },
    },
  })

  test('is followed: path items, parameters, bodies, answers and (3.2) media types', async () => {
    const target = await startGarden({ documents: (origin) => ({ '/openapi.json': JSON.stringify(parts(origin)) }) })
    const understood = await loadTarget(target.document)
    expect(understood.creations[0]?.body?.schema['required']).toEqual(['name'])
    const { report } = await verifyTarget(understood, { checks })
    await target.close()
    expect(report.results.map(({ verdict }) => verdict)).toEqual(checks.map(() => 'pass'))
  })
})

describe('where frameworks serve their document', () => {
  test.concurrent.each([
    ['FastAPI, and most others', '/openapi.json'],
    ['many, in YAML', '/openapi.yaml'],
    ['in YAML by the other ending', '/openapi.yml'],
    ['Swagger', '/swagger.json'],
    ['Swagger in YAML', '/swagger.yaml'],
    ['springdoc', '/v3/api-docs'],
    ['Springfox', '/v2/api-docs'],
    ['ASP.NET with Swashbuckle', '/swagger/v1/swagger.json'],
    ['ASP.NET', '/openapi/v1.json'],
    ['NestJS', '/api-json'],
    ['swagger-jsdoc', '/api-docs'],
    ['swagger-jsdoc as JSON', '/api-docs.json'],
    ['Fastify', '/documentation/json'],
    ['Fastify below docs', '/docs/json'],
    ['Laravel with Scramble', '/docs/api.json'],
    ['Unleash', '/docs/openapi.json'],
    ['drf-spectacular', '/api/schema/'],
    ['django-ninja', '/api/openapi.json'],
    ['API Platform', '/api/docs.json'],
    ['Flasgger', '/apispec_1.json'],
    ['swaggo', '/swagger/doc.json'],
    ['Quarkus', '/q/openapi'],
    ['MicroProfile', '/openapi'],
    ['Hono', '/doc'],
    ['Litestar', '/schema/openapi.json'],
    ['a version in the path', '/v1/openapi.json'],
    ['a version below api', '/api/v1/openapi.json'],
    ['Kinto', '/__api__'],
    ['smallrye and others, well known', '/.well-known/openapi.json'],
    ['flask-smorest', '/api-spec.json'],
    ['connexion', '/openapi/openapi.json'],
    ['Alertmanager and go-swagger', '/api/v2/openapi.yaml'],
  ])('%s: %s is found from the address of the API', async (_, place) => {
    const write = /ya?ml$|openapi$/.test(place) ? formats.YAML : formats.JSON
    const target = await startGarden({
      base: '/v1',
      documents: (origin) => ({ [place]: write(documentOf('3.1.2', origin, node(partsOf(leaf)), {})) }),
    })
    const found = await loadTarget(target.origin)
    await target.close()
    expect(found.document.source).toBe(target.origin + place)
    expect(found.baseUrl).toBe(`${target.origin}/v1`)
    expect(found.creations.map(({ id }) => id)).toEqual(['createGarden'])
  })
})

describe('where the API runs', () => {
  const elsewhere = 'https://production.example/v1'

  test.concurrent.each<[string, string, (origin: string) => readonly Json[] | undefined]>([
    ['a path on the origin of the document', '/v1', () => [{ url: '/v1' }]],
    ['a path with a slash at its end', '/v1', () => [{ url: '/v1/' }]],
    ['a path relative to the document', '/docs/v1', () => [{ url: 'v1' }]],
    ['an address in full', '/v1', (origin) => [{ url: `${origin}/v1` }]],
    [
      'variables with defaults',
      '/v1',
      (origin) => [
        {
          url: `http://{host}/{version}`,
          variables: { host: { default: new URL(origin).host }, version: { default: 'v1', enum: ['v1', 'v2'] } },
        },
      ],
    ],
    [
      'the second of several, on the origin of the document',
      '/v1',
      (origin) => [{ url: elsewhere }, { url: `${origin}/v1` }],
    ],
    ['nothing: the root of the origin', '', () => undefined],
    ['an empty list: the root of the origin', '', () => []],
  ])('is told by %s', async (_, base, servers) => {
    const target = await startGarden({
      base,
      documents: (origin) => {
        const { servers: _, ...document } = documentOf('3.1.2', origin, node(partsOf(leaf)), {})
        const told = servers(origin)
        return { '/docs/openapi.json': JSON.stringify(told === undefined ? document : { ...document, servers: told }) }
      },
    })
    const { report } = await runVerify(`${target.origin}/docs/openapi.json`, { checks })
    await target.close()
    expect(notGreen(report)).toEqual([])
    expect(report.target.baseUrl).toBe(target.origin + base)
  })

  test('is said by the caller against what the document says', async () => {
    const target = await startGarden({
      base: '/v1',
      documents: (origin) => ({
        '/openapi.json': JSON.stringify({
          ...documentOf('3.1.2', origin, node(partsOf(leaf)), {}),
          servers: [{ url: elsewhere }],
        }),
      }),
    })
    const understood = await loadTarget(target.document, { baseUrl: `${target.origin}/v1/` })
    const { report } = await verifyTarget(understood, { checks })
    await target.close()
    expect(notGreen(report)).toEqual([])
  })

  test('is asked for where nothing is found under any path', async () => {
    const target = await startGarden({
      base: '/v1',
      documents: (origin) => {
        const { servers: _, ...document } = documentOf('3.1.2', origin, node(partsOf(leaf)), {})
        return { '/openapi.json': JSON.stringify(document) }
      },
    })
    const { report } = await runVerify(target.document, { checks })
    await target.close()
    expect(report.operations[0]?.judged).toBe(false)
    expect(report.operations[0]?.reason).toContain('say it with --base-url')
  })
})

describe('what a creation needs first', () => {
  const ok = { 200: { description: 'ok' } }
  const body = (schema: Json) => ({ required: true, content: { 'application/json': { schema } } })
  const created = { 201: { description: 'created' } }
  const schema = node(partsOf(leaf))
  const note = {
    ...schema,
    required: ['name', 'plantId'],
    properties: { ...(schema['properties'] as Json), plantId: { type: 'string' } },
  }
  const path = (...names: string[]) =>
    names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const item = (...names: string[]) => ({
    parameters: path(...names),
    get: { responses: ok },
    delete: { responses: { 204: { description: 'gone' } } },
  })
  const collection = (requestBody: Json, ...names: string[]) => ({
    parameters: path(...names),
    get: { responses: ok },
    post: { requestBody, responses: created },
  })
  const document = (origin: string) => ({
    openapi: '3.1.2',
    info: { title: 'Garden', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/notes': collection(body(note)),
      '/notes/{id}': item('id'),
      '/gardens/{garden}/beds/{bed}/plants': collection(body(schema), 'garden', 'bed'),
      '/gardens/{garden}/beds/{bed}/plants/{plant}': item('garden', 'bed', 'plant'),
      '/gardens/{gardenId}/beds': collection(body(schema), 'gardenId'),
      '/gardens/{gardenId}/beds/{id}': item('gardenId', 'id'),
      '/gardens': collection(body(schema)),
      '/gardens/{id}': item('id'),
    },
  })

  test('is created: parents, grand-parents, and what a member of the body refers to', async () => {
    const target = await startGarden({ documents: (origin) => ({ '/openapi.json': JSON.stringify(document(origin)) }) })
    const { report } = await runVerify(target.document, { checks: [...checks, 'parent-missing-4xx'] })
    await target.close()
    expect(report.operations.map(({ id, judged }) => `${id} ${judged}`)).toEqual([
      'POST /notes true',
      'POST /gardens/{garden}/beds/{bed}/plants true',
      'POST /gardens/{gardenId}/beds true',
      'POST /gardens true',
    ])
    expect(notGreen(report)).toEqual([])
    expect(report.leftovers).toEqual([])
  })
})
