import { AssertionError } from 'node:assert'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Body, Controller, Get, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import express from 'express'
// @ts-expect-error: this version has no types
import express4 from 'express-4'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { VerificationFailure, verifyApp } from '../../src/testing/index.ts'
import { temporaryFiles } from '../target/temporary-files.ts'
import { createItems, itemsDocument, textOf } from './items.ts'
import { itemsListener } from './items-listener.ts'

// Two checks are enough to see that an app was reached; the whole verifier runs once.
const quick = { checks: ['created-status-201', 'location-present'], seed: 7 }

const { fileWith } = temporaryFiles()

/** The items in every form of an app. */
const apps: Record<string, (items: ReturnType<typeof createItems>) => object | Promise<object>> = {
  'a listener of node:http': itemsListener,
  'a server of node:http': (items) => createServer(itemsListener(items)),
  'an Express 5 app': (items) => express().use(itemsListener(items)),
  'an Express 4 app': (items) => express4().use(itemsListener(items)),
  'a Fastify instance': (items) => {
    const app = fastify()
    // The bytes as they come: what is no JSON is judged by the items.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string' }, (_, text, done) => done(null, text))
    app.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/*',
      handler: (request, reply) => {
        const { status, headers, body } = items.answer({
          method: request.method,
          path: request.url.split('?')[0]!,
          contentType: request.headers['content-type'] ?? '',
          key: request.headers['idempotency-key'] as string | undefined,
          text: (request.body as string | undefined) ?? '',
        })
        return reply.code(status).headers(headers).send(body)
      },
    })
    return app
  },
  'a Koa app': (items) =>
    new Koa().use(async (context) => {
      context.respond = false
      context.res.statusCode = 200
      await itemsListener(items)(context.req, context.res)
    }),
  'a Hono app': (items) => new Hono().all('*', (context) => fetchItems(items, context.req.raw)),
  'a fetch function': (items) => (request: Request) => fetchItems(items, request),
  'an object with fetch': (items) => ({ fetch: (request: Request) => fetchItems(items, request) }),
  'a Nest application on Express': (items) => nest(items),
  'a Nest application on Fastify': (items) => nest(items, new FastifyAdapter()),
}

async function fetchItems(items: ReturnType<typeof createItems>, request: Request): Promise<Response> {
  const { status, headers, body } = items.answer({
    method: request.method,
    path: new URL(request.url).pathname,
    contentType: request.headers.get('content-type') ?? '',
    key: request.headers.get('idempotency-key') ?? undefined,
    text: textOf(new Uint8Array(await request.arrayBuffer())),
  })
  return new Response(status === 204 ? null : body, { status, headers })
}

async function nest(items: ReturnType<typeof createItems>, adapter?: FastifyAdapter): Promise<object> {
  class Items {
    create(body: unknown): unknown {
      return JSON.parse(ask('POST', '/items', JSON.stringify(body)).body)
    }
    all(): unknown {
      return JSON.parse(ask('GET', '/items').body)
    }
    document(): unknown {
      return itemsDocument
    }
  }
  const ask = (method: string, path: string, text = '') =>
    items.answer({ method, path, text, contentType: 'application/json' })
  // Decorators without their syntax, which what compiles these tests leaves as it is.
  const own = (name: keyof Items) => Object.getOwnPropertyDescriptor(Items.prototype, name)!
  Controller()(Items)
  Post('items')(Items.prototype, 'create', own('create'))
  Body()(Items.prototype, 'create', 0)
  Get('items')(Items.prototype, 'all', own('all'))
  Get('openapi.json')(Items.prototype, 'document', own('document'))
  class Root {}
  Module({ controllers: [Items] })(Root)
  return adapter === undefined
    ? await NestFactory.create(Root, { logger: false })
    : await NestFactory.create(Root, adapter, { logger: false })
}

describe('verifyApp', () => {
  it('runs the whole verifier on an app, finds a right one right, and leaves nothing in it', async () => {
    const items = createItems()
    const report = await verifyApp(itemsListener(items), { seed: 7 })
    expect(report.results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(40)
    expect(report.operations).toMatchObject([{ id: 'createItem', judged: true }])
    expect([report.leftovers, items.items.size]).toEqual([[], 0])
  })

  it.each(Object.entries(apps).filter(([name]) => !name.includes('Nest')))('takes %s', async (_, make) => {
    const report = await verifyApp(await make(createItems()), quick)
    expect(report.results.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['created-status-201', 'pass'],
      ['location-present', 'pass'],
    ])
    expect(new URL(report.target.baseUrl).hostname).toBe('127.0.0.1')
    // The server that the document names was not called, and no longer does anything listen.
    await expect(fetch(report.target.baseUrl)).rejects.toThrow()
    await expect(verifyApp(await make(createItems(false)), quick)).rejects.toThrow(/created-status-201/)
  })

  it.each(Object.entries(apps).filter(([name]) => name.includes('Nest')))('takes %s', async (_, make) => {
    // Nest itself answers 201 to a POST, and no Location.
    const failure = await verifyApp(await make(createItems()), quick).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(VerificationFailure)
    const { report } = failure as VerificationFailure
    expect(report?.results.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['created-status-201', 'pass'],
      ['location-present', 'fail'],
    ])
  })

  it('takes the URL of what runs, and a server that listens, and closes neither', async () => {
    const server = createServer(itemsListener())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    for (const app of [url, `${url}/`, new URL(url), server])
      expect((await verifyApp(app, quick)).target.baseUrl).toBe(url)
    expect((await fetch(`${url}/items`)).status).toBe(200)
    await closed(server)
  })

  it('leaves an app as usable as it was, and may verify it again', async () => {
    const app = (await apps['a Fastify instance']!(createItems())) as ReturnType<typeof fastify>
    await verifyApp(app, quick)
    await verifyApp(app, quick)
    expect((await app.inject('/items')).statusCode).toBe(200)
    await app.close()
    const server = createServer(itemsListener())
    await verifyApp(server, quick)
    expect(server.listening).toBe(false)
    await verifyApp(server, quick)
  })

  it.each([
    ['an object', itemsDocument],
    ['a path in the app', '/hidden/spec.json'],
    ['the URL of a file', undefined],
  ])('takes the document as %s', async (what, document) => {
    const items = createItems()
    const seen: string[] = []
    const listener = itemsListener({
      ...items,
      answer(request) {
        seen.push(request.path)
        if (request.path === '/openapi.json') return { status: 404, headers: {}, body: '' }
        return items.answer(request.path === '/hidden/spec.json' ? { ...request, path: '/openapi.json' } : request)
      },
    })
    const place =
      what === 'the URL of a file' ? pathToFileURL(await fileWith(JSON.stringify(itemsDocument))).href : document
    const report = await verifyApp(listener, { ...quick, document: place! })
    expect(report.operations.map(({ id }) => id)).toEqual(['createItem'])
    expect(seen.includes('/hidden/spec.json')).toBe(what === 'a path in the app')
    expect(report.target.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('takes an example where there is no document', async () => {
    const example = { path: '/items', body: { name: 'tea', amount: 2 } }
    const report = await verifyApp(itemsListener(), { ...quick, example })
    expect(report.operations.map(({ id }) => id)).toEqual(['POST /items'])
  })

  it('sends the headers of the test, and never tells them', async () => {
    const seen = new Set<unknown>()
    const listener = itemsListener(createItems(false))
    const failure = await verifyApp(
      createServer((request, response) => {
        seen.add(request.headers.authorization)
        listener(request, response)
      }),
      { ...quick, headers: { Authorization: 'Bearer s3cret-of-ann' } },
    ).catch((error: unknown) => error as VerificationFailure)
    expect(seen).toEqual(new Set(['Bearer s3cret-of-ann']))
    expect(JSON.stringify([(failure as Error).message, failure])).not.toContain('s3cret')
  })
})

describe('what verifyApp throws', () => {
  const failureOf = (app: object | string, options: object): Promise<VerificationFailure> =>
    verifyApp(app, options).then(
      () => Promise.reject(new Error('It did not throw.')),
      (error) => error,
    )

  it('is an AssertionError that reads as the report of the command line, and has the report', async () => {
    const failure = await failureOf(itemsListener(createItems(false)), { seed: 7 })
    expect(failure).toBeInstanceOf(AssertionError)
    expect(failure.message).toMatch(/^verifyApp: there are findings \(warning or graver\)\./)
    expect(failure.message).toContain('docs/reference/fixes/default-answer.md')
    expect(failure.message).toMatch(/\d+ passed · \d+ findings/)
    expect(failure.message.split('\n').length).toBeLessThan(140)
    expect(failure.report?.results.length).toBeGreaterThan(50)
  })

  it('is nothing where the findings are below failOn', async () => {
    await verifyApp(itemsListener(createItems(false)), { ...quick, failOn: 'error' })
  })

  it('tells that nothing could be judged, and closes what it had started', async () => {
    const server = createServer((_, response) => response.writeHead(404).end())
    const failure = await failureOf(server, {})
    expect(failure).toBeInstanceOf(AssertionError)
    expect(failure.message).toMatch(/^verifyApp: No OpenAPI document was found[\s\S]*`document` and `example`/)
    expect(server.listening).toBe(false)
    const broken = createServer((_, response) => response.writeHead(500).end())
    const second = await failureOf(broken, { document: itemsDocument })
    expect(second.message).toMatch(/^verifyApp: not everything could be judged\.\n\nnot judged createItem/)
    expect(broken.listening).toBe(false)
  })

  it.each([
    ['nothing', undefined, /no app: undefined/],
    ['an object of another kind', { port: 3000 }, /no app: an object with port/],
    ['a text that is no URL', 'localhost:3000', /write it in full/],
    ['a promise of an app', Promise.resolve(express()), /await the app first/],
  ])('is a TypeError for %s', async (_, app, message) => {
    const error = await failureOf(app as object, quick)
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(message)
  })
})

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
