import { gzipSync } from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import { Router } from '@koa/router'
import Koa, { type Context, type Middleware } from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyProblems, otherMethods, toKoa } from '../../src/adapters/koa.ts'
import type { Creation } from '../../src/creation/creation.ts'
import {
  type AdapterHarness,
  type Before,
  describeAdapter,
  type OwnAnswer,
  type Served,
} from '../../src/testing/index.ts'
import { type HeaderLines, sendRequest } from '../../src/testing/send-request.ts'
import { listen } from './listen.ts'
import { createNotes } from './notes.ts'

interface Way {
  readonly parser?: (limit: number) => Middleware
  /** 405 and what a parser refuses are problems, or left to Koa. */
  readonly isHelped: boolean
}

// Types replace those of the parser's own list by their position, so JSON itself is named again.
const extendTypes = { json: ['application/json', 'application/*+json'] }

const serve =
  ({ parser, isHelped }: Way): AdapterHarness['serve'] =>
  (routes, { prefix, before, http2, maxBodyBytes }) => {
    const app = new Koa({ proxy: true })
    app.silent = true
    app.use(ownHandling(before))
    if (isHelped) {
      app.use(bodyProblems(Object.fromEntries(Object.entries(routes).map(([path, own]) => [prefix + path, own]))))
    }
    if (parser !== undefined) app.use(parser(maxBodyBytes))
    if (before !== undefined) app.use(doing(before))
    const router = new Router({ prefix })
    for (const [pattern, creation] of Object.entries(routes)) {
      const path = pattern.replace(/\{(\w+)\}/g, ':$1')
      router.post(path, toKoa(creation))
      if (isHelped) router.all(path, otherMethods(creation))
    }
    app.use(router.routes())
    return listen(app.callback(), http2)
  }

function send(ctx: Parameters<Middleware>[0], { status, headers, body }: OwnAnswer): void {
  ctx.status = status
  ctx.set(headers)
  ctx.body = body
}

function doing(before: Before): Middleware {
  return (ctx, next) => {
    if (before.kind === 'answers') return send(ctx, before.answer)
    if (before.kind === 'throws') throw before.error
    for (const cookie of before.cookies()) ctx.append('Set-Cookie', cookie)
    return next()
  }
}

/** The application's own error handling; Koa itself has the rest. */
function ownHandling(before: Before | undefined): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (before?.kind !== 'throws' || error !== before.error) throw error
      send(ctx, before.answer)
    }
  }
}

const runner = { afterEach, beforeEach, describe, it }
const all = { rawBodies: true, refusals: true, http2: true } as const
const parser = (limit: number) => bodyParser({ jsonLimit: limit, extendTypes })
/** Parsers that keep no text leave the value alone. */
const forgetting = (limit: number): Middleware => {
  const parse = parser(limit)
  return (ctx, next) =>
    parse(ctx as never, () => {
      delete (ctx.request as { rawBody?: string }).rawBody
      return next()
    })
}

describeAdapter({ ...all, name: 'koa', serve: serve({ isHelped: true }) }, runner)
describeAdapter({ ...all, name: 'koa, @koa/bodyparser', serve: serve({ isHelped: true, parser }) }, runner)
describeAdapter(
  {
    ...all,
    rawBodies: false,
    name: 'koa, a parser that keeps no text',
    serve: serve({ isHelped: true, parser: forgetting }),
  },
  runner,
)
describeAdapter(
  {
    rawBodies: false,
    refusals: false,
    name: 'koa, a parser that keeps no text, and toKoa() alone',
    serve: serve({ isHelped: false, parser: forgetting }),
  },
  runner,
)

describe('what is special about koa', () => {
  let creation: Creation<Context>
  let closeNotes: () => Promise<void>
  let app: Koa
  let router: Router
  let served: Served | undefined
  beforeEach(() => {
    const notes = createNotes<Context>()
    creation = notes.creation
    closeNotes = notes.close
    app = new Koa()
    app.silent = true
    router = new Router()
    served = undefined
  })
  afterEach(async () => {
    await served?.close()
    await closeNotes()
  })

  const JSON_TYPE = ['Content-Type', 'application/json'] as const
  async function post(body: string | Uint8Array, headers: HeaderLines = [], path = '/notes') {
    served ??= await listen(app.use(router.routes()).callback())
    return sendRequest(served.origin, { path, headers: [JSON_TYPE, ...headers], body })
  }

  it('shows the answer to the middleware around it, which may add to it', async () => {
    const seen: unknown[] = []
    app.use(async (ctx, next) => {
      await next()
      seen.push(ctx.status, ctx.type, ctx.response.get('Location'), ctx.body)
      ctx.set('X-Own', 'yes')
    })
    router.post('/notes', toKoa(creation))
    const { headers, body } = await post('{"text":"tea"}')
    expect(seen).toEqual([201, 'application/json', '/notes/1', body])
    expect(headers.get('x-own')).toEqual(['yes'])
    await post('{"text":"tea"}', [['Prefer', 'return=minimal']])
    expect(seen.slice(4)).toEqual([201, '', '/notes/2', null])
  })

  it('leaves the response to whoever told Koa not to respond', async () => {
    app.use(async (ctx, next) => {
      ctx.respond = false
      await next()
      ctx.res.writeHead(ctx.status, { 'Content-Length': 3 }).end('own')
    })
    router.post('/notes', toKoa(creation))
    const { status, headers, body } = await post('{"text":"tea"}')
    expect([status, headers.get('location'), body]).toEqual([201, ['/notes/1'], 'own'])
  })

  it('hands the context to the creation, with what authentication left in its state', async () => {
    app.use((ctx, next) => {
      ctx.state.user = 'ann'
      return next()
    })
    const handle: Creation<Context>['handle'] = ({ native }) => ({ status: 200, headers: {}, body: native.state.user })
    router.post('/notes', toKoa({ ...creation, handle }))
    expect((await post('{}')).body).toBe('ann')
  })

  it('takes a body that a parser inflated, and none that is still coded', async () => {
    router.post('/raw', toKoa(creation))
    router.post('/notes', bodyParser(), toKoa(creation))
    const [zipped, coded] = [gzipSync('{"text":"tea"}'), [['Content-Encoding', 'gzip'] as const]]
    expect((await post(zipped, coded, '/raw')).body).toContain('unsupported-media-type')
    expect(await post(zipped, coded)).toMatchObject({ status: 201, body: '{"id":1,"text":"tea"}' })
  })

  it("leaves a parser's refusals elsewhere, and other errors, to Koa", async () => {
    app.use(bodyProblems({ '/notes': creation }))
    app.use(bodyParser())
    router.post('/notes', () => {
      throw Object.assign(new Error('no tea'), { status: 418, expose: true })
    })
    expect(await post('{')).toMatchObject({ status: 400, body: expect.stringContaining('malformed-body') })
    expect((await post('{"text":"tea"}', [['Content-Encoding', 'x-foo']])).body).toContain('unsupported-media-type')
    expect((await post('{"text":"tea"}', [['Content-Encoding', 'gzip']])).body).toContain('malformed-body')
    expect((await post('{', [], '/other')).body).not.toContain('problems')
    expect(await post('{"text":"tea"}')).toMatchObject({ status: 418, body: 'no tea' })
  })

  it('names the methods of the other routes of the path', async () => {
    router.get('/notes', (ctx) => {
      ctx.body = []
    })
    router.post('/notes', toKoa(creation))
    router.all('/notes', otherMethods(creation))
    await post('{}')
    const ask = async (method: string) => {
      const { status, headers } = await sendRequest(served!.origin, { method, path: '/notes' })
      return [status, headers.get('allow')?.[0]]
    }
    expect(await ask('PUT')).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    expect(await ask('OPTIONS')).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
    expect(await ask('GET')).toEqual([200, undefined])
  })
})
