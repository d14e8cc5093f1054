import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { loadTarget } from '../../src/target/load-target.ts'
import { TargetError } from '../../src/target/target-error.ts'
import { serveTexts } from './serve-texts.ts'
import { shopDocument } from './shop-document.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'createonce-target-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileWith(text: string, name = 'openapi.json'): Promise<string> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}-${name}`)
  await writeFile(path, text)
  return path
}

async function errorOf(promise: Promise<unknown>): Promise<TargetError> {
  const error = await promise.then(
    () => undefined,
    (cause) => cause,
  )
  expect(error).toBeInstanceOf(TargetError)
  return error as TargetError
}

describe('where the document comes from', () => {
  it('reads a URL of JSON', async () => {
    await using server = await serveTexts({ '/openapi.json': shopDocument() })
    const target = await loadTarget(`${server.url}/openapi.json`)
    expect(target.creations.map(({ id }) => id)).toEqual(['createBook'])
    expect(target.document).toEqual({ source: `${server.url}/openapi.json`, version: '3.1.0', title: 'Shop' })
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
    await writeFile(join(folder, name), '{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}')
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
      join(folder, name),
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

describe('what goes wrong', () => {
  it('says that nothing answers', async () => {
    const error = await errorOf(loadTarget('http://127.0.0.1:1/openapi.json'))
    expect(error.code).toBe('unreachable')
    expect(error.message).toBe('Nothing usable answers at http://127.0.0.1:1: the connection was refused.')
    expect(error.advice).not.toBe('')
  })

  it('says that the port is no plain HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const error = await errorOf(loadTarget(`http://127.0.0.1:${port}`))
    server.close()
    expect(error.message).toContain('does not speak HTTP')
  })

  it('lists what was tried, with each answer, where no document is found', async () => {
    await using server = await serveTexts({ '/openapi.json': { status: 500, body: 'oops' } })
    const error = await errorOf(loadTarget(server.url))
    expect(error.code).toBe('no-document')
    expect(error.seen).toContain('/openapi.json → 500 application/json')
    expect(error.seen).toContain('/v3/api-docs → 404 text/plain')
  })

  it('says that a page was answered instead of a document', async () => {
    await using server = await serveTexts({
      '/openapi.html': { body: '<html><head><title>Swagger UI</title></head></html>', type: 'text/html' },
    })
    const error = await errorOf(loadTarget(`${server.url}/openapi.html`))
    expect(error.code).toBe('html-instead')
    expect(error.seen).toEqual(['page title: Swagger UI'])
  })

  it('says that a named document is not there', async () => {
    await using server = await serveTexts({})
    const error = await errorOf(loadTarget(`${server.url}/openapi.json`))
    expect(error).toMatchObject({
      code: 'http-error',
      message: `${server.url}/openapi.json answers 404 instead of a document.`,
    })
  })

  it('tells JSON that is no OpenAPI apart', async () => {
    const error = await errorOf(loadTarget(await fileWith('{"name":"package","version":"1.0.0"}')))
    expect(error.code).toBe('not-openapi')
    expect(error.message).toContain('neither an "openapi" nor a "swagger" member')
    expect(error.seen).toEqual(['members: name, version'])
  })

  it('names a version that it does not know', async () => {
    const error = await errorOf(loadTarget(await fileWith('openapi: 4.0.0\npaths: {}')))
    expect(error.message).toContain('version 4.0.0 is not known')
  })

  it('says where broken JSON breaks', async () => {
    const error = await errorOf(loadTarget(await fileWith('{"openapi": "3.1.0", "paths": {')))
    expect(error.code).toBe('unparseable')
  })

  it('refuses a YAML bomb', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let i = 1; i < 9; i++) {
      const previous = String.fromCharCode(96 + i)
      bomb.push(
        `${String.fromCharCode(97 + i)}: &${String.fromCharCode(97 + i)} [${Array(9).fill(`*${previous}`).join(',')}]`,
      )
    }
    const error = await errorOf(loadTarget(await fileWith(bomb.join('\n'), 'bomb.yaml')))
    expect(error.code).toBe('unparseable')
    expect(error.message).toContain('alias')
  })

  it('says that there is no such file, and what a host name would look like', async () => {
    const error = await errorOf(loadTarget('localhost:5000'))
    expect(error.code).toBe('file-not-found')
    expect(error.advice).toContain('http://localhost:5000')
  })

  it('lists every POST of a document without a creation, with the reason', async () => {
    const answer = { responses: { 200: { description: 'ok' } } }
    const path = await fileWith(
      JSON.stringify(shopDocument({ paths: { '/login': { post: answer }, '/orders/{id}/cancel': { post: answer } } })),
    )
    const error = await errorOf(loadTarget(path, { baseUrl: 'http://localhost' }))
    expect(error.code).toBe('no-creation')
    expect(error.seen).toEqual([
      'POST /login: it is about logging in (login)',
      'POST /orders/{id}/cancel: it is an action (cancel)',
    ])
  })

  it('names a reference that a creation depends on and that points nowhere', async () => {
    const path = await fileWith(JSON.stringify(shopDocument({ components: { schemas: {} } })))
    const error = await errorOf(loadTarget(path, { baseUrl: 'http://localhost' }))
    expect(error.code).toBe('broken-reference')
    expect(error.seen[0]).toContain('#/components/schemas/Book')
  })

  it('goes on without an external file that only another operation needs', async () => {
    const document = shopDocument()
    const paths = document['paths'] as Record<string, Record<string, unknown>>
    paths['/other'] = { get: { responses: { 200: { $ref: './missing.yaml#/Answer' } } } }
    const target = await loadTarget(await fileWith(JSON.stringify(document)), { baseUrl: 'http://localhost' })
    expect(target.creations).toHaveLength(1)
    expect(target.warnings[0]).toContain('missing.yaml')
  })

  it('does not read local files for a document from the network', async () => {
    const secret = await fileWith('{"type":"object","title":"secret"}', 'secret.json')
    const document = shopDocument({ components: { schemas: { Book: { $ref: `file://${secret}` } } } })
    await using server = await serveTexts({ '/openapi.json': document })
    const error = await errorOf(loadTarget(`${server.url}/openapi.json`))
    expect(error.code).toBe('broken-reference')
    expect(JSON.stringify(error.seen)).not.toContain('"title"')
  })

  it('keeps what is wrong with a document that can be understood as warnings', async () => {
    const target = await loadTarget(await fileWith(JSON.stringify(shopDocument({ info: { title: 'No version' } }))), {
      baseUrl: 'http://localhost',
    })
    expect(target.creations).toHaveLength(1)
    expect(target.warnings.join()).toContain('version')
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

describe('options of the user', () => {
  it('prefers the given base URL, without its slash at the end', async () => {
    const target = await loadTarget(await fileWith(JSON.stringify(shopDocument())), {
      baseUrl: 'http://localhost:8080/api/',
    })
    expect(target.baseUrl).toBe('http://localhost:8080/api')
  })

  it.each(['localhost:8080', 'ftp://localhost', 'http://localhost?x=1'])('refuses the base URL %s', async (baseUrl) => {
    const error = await errorOf(loadTarget(await fileWith(JSON.stringify(shopDocument())), { baseUrl }))
    expect(error.code).toBe('bad-base-url')
  })

  it('asks for a base URL where a file does not say where the API runs', async () => {
    expect((await errorOf(loadTarget(await fileWith(JSON.stringify(shopDocument()))))).code).toBe('bad-base-url')
  })

  it('takes policies for all operations and for one', async () => {
    const target = await loadTarget(await fileWith(JSON.stringify(shopDocument())), {
      baseUrl: 'http://localhost',
      duplicates: ['allow', 'createBook=reject'],
      idempotency: 'POST /books=required',
      unique: 'title,pages',
      required: ['pages'],
    })
    const [creation] = target.creations
    expect(creation?.policy.duplicates).toEqual({ value: 'reject', from: 'declared', why: 'declared by an option' })
    expect(creation?.policy.idempotency?.value).toBe('required')
    expect(creation?.policy.naturalKey?.value).toEqual(['title', 'pages'])
    expect(creation?.body?.schema['required']).toEqual(['title', 'pages'])
  })

  it('refuses a policy that does not exist, and names those that do', async () => {
    const error = await errorOf(loadTarget('unread.json', { duplicates: 'forbid' }))
    expect(error).toMatchObject({ code: 'bad-option', seen: ['allowed: reject, return-existing, allow'] })
  })

  it('says why an operation that was named is no creation', async () => {
    const document = shopDocument()
    const paths = document['paths'] as Record<string, unknown>
    paths['/login'] = { post: { responses: { 200: { description: 'ok' } } } }
    const path = await fileWith(JSON.stringify(document))
    const error = await errorOf(loadTarget(path, { baseUrl: 'http://localhost', duplicates: 'POST /login=reject' }))
    expect(error.seen).toEqual(['POST /login: it is about logging in (login)', 'createBook'])
  })

  it('refuses a policy for an operation that does not exist', async () => {
    const path = await fileWith(JSON.stringify(shopDocument()))
    const error = await errorOf(loadTarget(path, { baseUrl: 'http://localhost', duplicates: 'createBok=reject' }))
    expect(error).toMatchObject({ code: 'bad-option', seen: ['createBook'] })
  })
})
