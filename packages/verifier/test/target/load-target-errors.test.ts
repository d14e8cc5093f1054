import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { loadTarget } from '../../src/target/load-target.ts'
import { errorOf } from './error-of.ts'
import { serveTexts } from './serve-texts.ts'
import { shopDocument } from './shop-document.ts'
import { temporaryFiles } from './temporary-files.ts'

const { fileWith } = temporaryFiles()

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
