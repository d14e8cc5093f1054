import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks } from '@createonce/verifier'
import { afterEach, describe, expect, test } from 'vitest'
// @ts-expect-error: a script, without types
import { aboutDocuments, whyAboutDocument } from '../../scripts/corpus/about-documents.mjs'
// @ts-expect-error: a script, without types
import { askDeclared } from '../../scripts/corpus/ask-declared.mjs'
// @ts-expect-error: a script, without types
import { headersOf } from '../../scripts/corpus/credentials.mjs'
// @ts-expect-error: a script, without types
import { findDocuments } from '../../scripts/corpus/find-documents.mjs'
// @ts-expect-error: a script, without types
import { withParents } from '../../scripts/corpus/with-parents.mjs'

const undo: (() => void)[] = []
afterEach(() => {
  for (const one of undo.splice(0)) one()
})

describe('the documents of a corpus', () => {
  test('are the JSON and YAML files that say a version of OpenAPI, at any depth, but nothing below node_modules', () => {
    const folder = mkdtempSync(join(tmpdir(), 'createonce-corpus-test-'))
    undo.push(() => rmSync(folder, { recursive: true }))
    for (const name of ['deep', 'node_modules']) mkdirSync(join(folder, name))
    const files = {
      'a.json': '{"info":{},"openapi":"3.0.0"}',
      'deep/b.yml': 'info: {}\nswagger: "2.0"\n',
      'package.json': '{"name":"openapi"}',
      'broken.json': '{"openapi":',
      'compose.yaml': 'services:\n  openapi: {}\n',
      'README.md': 'openapi: 3.0.0',
      'node_modules/c.json': '{"openapi":"3.0.0"}',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const names = (places: string[]) => findDocuments(places).map(({ name }: { name: string }) => name)
    expect(names([folder])).toEqual(['a.json', 'deep/b.yml'])
    expect(names([join(folder, 'a.json')])).toEqual(['a.json'])
  })
})

describe('asking what a document declares', () => {
  const problem = 'application/problem+json'
  const credentials = { headers: [['X-Key', 'k']], query: '' }
  const operation = (method: string, path: string, isServed: boolean) => ({
    ...{ method, path, isServed, why: 'no schema', credentials },
  })

  async function faultsOf(answers: Record<string, [number, string]>, operations: readonly object[]) {
    const server: Server = createServer(({ method, url }, response) => {
      const [status, type] = answers[`${method} ${url}`] ?? [404, problem]
      response.writeHead(status, { 'Content-Type': type }).end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    undo.push(() => server.close())
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const faults = await askDeclared(origin, operations)
    return faults.map(({ operation: at, message }: { operation: string; message: string }) => `${at}: ${message}`)
  }

  test('finds nothing where what is not served answers 501 as a problem, and what is served answers', async () => {
    const answers: Record<string, [number, string]> = {
      'POST /login': [501, problem],
      'GET /me': [501, `${problem}; charset=utf-8`],
      'GET /users': [200, 'application/json'],
      'GET /users/1': [404, problem],
    }
    const operations = [
      operation('POST', '/login', false),
      operation('GET', '/me', false),
      operation('GET', '/users', true),
      operation('GET', '/users/{id}', true),
      // A creation is the judge's to try.
      operation('POST', '/users', true),
    ]
    expect(await faultsOf(answers, operations)).toEqual([])
  })

  test.each([
    ['a success that is made up', 'POST /login', false, [200, 'application/json'], 'answers 200'],
    ['a path that nobody knows', 'DELETE /users/{id}', false, [404, problem], 'answers 404'],
    ['a 501 that is no problem', 'GET /me', false, [501, 'text/html'], '501 as text/html'],
    ['a read that fails', 'GET /users/{id}', true, [500, problem], 'answers 500'],
    ['a collection that is not there', 'GET /users', true, [404, problem], 'answers 404'],
  ] as const)('finds %s', async (_what, name, isServed, answer, message) => {
    const [method, path] = name.split(' ') as [string, string]
    const faults = await faultsOf({ [name.replace('{id}', '1')]: [...answer] }, [operation(method, path, isServed)])
    expect(faults).toEqual([expect.stringContaining(message)])
  })
})

describe('a parent that nothing in the document creates', () => {
  test('has a name that its parameter takes; examples stay, and what is created has none', () => {
    const parameter = (name: string, schema: object, more: object = {}) => ({ in: 'path', name, schema, ...more })
    const { creations } = withParents({
      creations: [
        {
          ...{ method: 'PUT', path: '/a/{shop}/{number}/{key}/{kind}/{author}/{own}' },
          parents: [{ parameter: 'author', creation: 'createAuthor' }],
          parameters: [
            parameter('shop', { type: 'string', minLength: 3 }),
            parameter('number', { type: 'integer', minimum: 7 }),
            parameter('key', { type: 'string' }, { example: 'k' }),
            parameter('kind', { enum: ['x', 'y'] }),
            parameter('author', { type: 'string' }),
            parameter('own', { type: 'string' }),
          ],
        },
      ],
    })
    const examples = creations[0].parameters.map((one: { example?: unknown }) => one.example)
    expect(examples).toEqual(['aaa', 7, 'k', 'x', undefined, undefined])
  })
})

describe('who calls', () => {
  const headers = (securitySchemes: object) =>
    headersOf({ components: { securitySchemes } }, { name: 'ann', token: 't' })

  test('is told by header, cookie, bearer token or password, as the document wants it', () => {
    expect(headers({ a: { type: 'apiKey', in: 'header', name: 'X-Key' } })).toEqual([['X-Key', 't']])
    expect(headers({ a: { type: 'apiKey', in: 'cookie', name: 'sid' } })).toEqual([['Cookie', 'sid=t']])
    expect(headers({ a: { type: 'oauth2' } })).toEqual([['Authorization', 'Bearer t']])
    expect(headers({ a: { type: 'http', scheme: 'Basic' } })).toEqual([['Authorization', `Basic ${btoa('ann:t')}`]])
    const both = { a: { type: 'http', scheme: 'bearer' }, b: { type: 'http', scheme: 'basic' } }
    expect(headers(both)).toEqual([['Authorization', 'Bearer t']])
  })
})

describe('what a finding is about', () => {
  test('is looked up in a table whose rows name checks that there are, each with a reason', () => {
    const known = checks.map(({ id }) => id)
    for (const { check, why } of aboutDocuments) {
      expect(known).toContain(check)
      expect(why).toMatch(/\w+ \w+/)
    }
    expect(whyAboutDocument('a.json', { check: 'location-resolves', operation: 'x' })).toBeUndefined()
    expect(whyAboutDocument('a.json', { check: 'doc-errors-declared', operation: 'x' })).toMatch(/refusals/)
  })
})
