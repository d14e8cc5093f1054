import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { loadTarget } from '../../src/target/load-target.ts'
import { errorOf } from './error-of.ts'
import { serveTexts } from './serve-texts.ts'
import { shopDocument } from './shop-document.ts'
import { temporaryFiles } from './temporary-files.ts'

const { fileWith, folder } = temporaryFiles()

describe('where the document comes from', () => {
  it('reads a URL of JSON', async () => {
    await using server = await serveTexts({ '/openapi.json': shopDocument() })
    const target = await loadTarget(`${server.url}/openapi.json`)
    expect(target.creations.map(({ id }) => id)).toEqual(['createBook'])
    expect(target.document).toMatchObject({ source: `${server.url}/openapi.json`, version: '3.1.0', title: 'Shop' })
    expect(target.warnings).toEqual([])
  })

  it('keeps the servers of the document, whichever of them is called', async () => {
    const servers = [{ url: 'https://api.example.com/v1' }, { url: '../v2' }]
    await using server = await serveTexts({ '/docs/openapi.json': shopDocument({ servers }) })
    const target = await loadTarget(`${server.url}/docs/openapi.json`, { baseUrl: 'http://localhost:1' })
    expect(target.servers).toEqual(['https://api.example.com/v1', `${server.url}/v2`])
    expect(target.baseUrl).toBe('http://localhost:1')
  })

  it('reads a URL of YAML', async () => {
    await using server = await serveTexts({
      '/spec.yaml': { body: stringify(shopDocument()), type: 'application/yaml' },
    })
    expect((await loadTarget(`${server.url}/spec.yaml`)).creations).toHaveLength(1)
  })

  it('reads a file', async () => {
    const path = await fileWith(stringify(shopDocument()), 'openapi.yaml')
    const target = await loadTarget(path, { baseUrl: 'http://localhost:3000' })
    expect(target.document.source).toBe(`file://${path}`)
    expect(target.baseUrl).toBe('http://localhost:3000')
  })

  it.each([
    '/openapi.json',
    '/swagger.json',
    '/v3/api-docs',
    '/api/openapi.json',
    '/docs/openapi.json',
    '/openapi/v3.json',
  ])('finds the document at %s below a base URL', async (place) => {
    await using server = await serveTexts({ [place]: shopDocument() })
    const target = await loadTarget(server.url)
    expect(target.document.source).toBe(server.url + place)
    expect(target.baseUrl).toBe(server.url)
  })

  it('finds the document below the path of a base URL', async () => {
    await using server = await serveTexts({ '/app/openapi.json': shopDocument({ servers: [{ url: '/app/v1' }] }) })
    const target = await loadTarget(`${server.url}/app`)
    expect(target.baseUrl).toBe(`${server.url}/app/v1`)
  })

  it('passes over an HTML page at the base URL itself', async () => {
    await using server = await serveTexts({
      '/': { body: '<!doctype html><title>Welcome</title>', type: 'text/html' },
      '/openapi.json': shopDocument(),
    })
    expect((await loadTarget(server.url)).creations).toHaveLength(1)
  })

  it('uses the fetch that it is given', async () => {
    const target = await loadTarget('http://example.test/openapi.json', {
      fetch: async (url) => ({
        url,
        status: 200,
        contentType: 'application/json',
        text: JSON.stringify(shopDocument()),
      }),
    })
    expect(target.baseUrl).toBe('http://example.test')
  })

  it('understands Swagger 2.0', async () => {
    const path = await fileWith(
      JSON.stringify({
        swagger: '2.0',
        info: { title: 'Old', version: '1' },
        host: 'old.example',
        basePath: '/v2',
        schemes: ['https'],
        consumes: ['application/json'],
        paths: {
          '/pets': {
            post: {
              parameters: [{ in: 'body', name: 'body', required: true, schema: { $ref: '#/definitions/Pet' } }],
              responses: { 201: { description: 'created' } },
            },
          },
        },
        definitions: {
          Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string', 'x-nullable': true } } },
        },
      }),
    )
    const target = await loadTarget(path)
    expect(target.baseUrl).toBe('https://old.example/v2')
    expect(target.document.version).toBe('2.0')
    expect(target.creations[0]).toMatchObject({
      id: 'POST /pets',
      body: { schema: { required: ['name'], properties: { name: { type: ['string', 'null'] } } } },
    })
  })

  it('understands OpenAPI 3.2', async () => {
    const path = await fileWith(JSON.stringify(shopDocument({ openapi: '3.2.0' })))
    expect((await loadTarget(path, { baseUrl: 'http://localhost' })).creations).toHaveLength(1)
  })

  it('brings in what other files hold into Swagger 2.0, where they are used twice', async () => {
    const name = `pet-${Math.random().toString(36).slice(2)}.json`
    await writeFile(
      join(folder(), name),
      '{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}',
    )
    const post = {
      parameters: [{ in: 'body', name: 'body', schema: { $ref: `./${name}` } }],
      responses: { 201: { description: 'created', schema: { $ref: `./${name}` } } },
    }
    const document = {
      swagger: '2.0',
      info: { title: 'Old', version: '1' },
      paths: { '/pets': { post }, '/cats': { post } },
    }
    const target = await loadTarget(await fileWith(JSON.stringify(document)), { baseUrl: 'http://localhost' })
    expect(target.creations.map(({ body }) => body?.schema['required'])).toEqual([['name'], ['name']])
  })

  it('brings in what other files hold, circles included', async () => {
    const name = `schemas-${Math.random().toString(36).slice(2)}.yaml`
    await writeFile(
      join(folder(), name),
      stringify({
        Node: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/Node' } } },
        },
      }),
    )
    const document = shopDocument({ components: { schemas: { Book: { $ref: `./${name}#/Node` } } } })
    const target = await loadTarget(await fileWith(JSON.stringify(document)), { baseUrl: 'http://localhost' })
    expect(target.creations[0]?.body?.schema).toMatchObject({ type: 'object', required: ['name'] })
    expect(target.warnings).toEqual([])
  })
})

describe('credentials and limits', () => {
  it('sends the headers to the origin that was named', async () => {
    await using server = await serveTexts({ '/openapi.json': shopDocument() })
    await loadTarget(`${server.url}/openapi.json`, { headers: { authorization: 'Bearer secret' } })
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret')
  })

  it('follows a redirect to another origin without the headers', async () => {
    await using other = await serveTexts({ '/moved.json': shopDocument() })
    await using server = await serveTexts({
      '/openapi.json': { status: 302, headers: { location: `${other.url}/moved.json` } },
    })
    const target = await loadTarget(`${server.url}/openapi.json`, { headers: { authorization: 'Bearer secret' } })
    expect(target.document.source).toBe(`${other.url}/moved.json`)
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('keeps the headers on a redirect within the origin', async () => {
    await using server = await serveTexts({
      '/openapi.json': { status: 301, headers: { location: '/v1/openapi.json' } },
      '/v1/openapi.json': shopDocument(),
    })
    await loadTarget(`${server.url}/openapi.json`, { headers: { authorization: 'Bearer secret' } })
    expect(server.requests[1]?.headers.authorization).toBe('Bearer secret')
  })

  it('gives up on redirects that go in circles', async () => {
    await using server = await serveTexts({ '/openapi.json': { status: 302, headers: { location: '/openapi.json' } } })
    expect((await errorOf(loadTarget(`${server.url}/openapi.json`))).message).toContain('redirects more than')
  })

  it('stops reading a document beyond the limit', async () => {
    await using server = await serveTexts({ '/openapi.json': { body: 'x'.repeat(5000) } })
    expect((await errorOf(loadTarget(`${server.url}/openapi.json`, { maxBytes: 1000 }))).code).toBe('too-large')
  })
})
