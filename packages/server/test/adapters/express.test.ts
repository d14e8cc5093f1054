import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyProblems, keepRawBody, otherMethods, toExpress } from '../../src/adapters/express.ts'
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

// The types of Express 5 stand for both: what is used of them is in both.
const express4 = createRequire(import.meta.url)('express-4') as typeof express

const VERSIONS = [
  { version: 4, framework: express4 },
  { version: 5, framework: express },
] as const

/** A parser in front of all routes, as most applications have it. */
type Parser = (framework: typeof express, limit: number) => RequestHandler

const json: Parser = (framework, limit) => framework.json({ limit, type: ['json', '+json'] })
const keeping: Parser = (framework, limit) => framework.json({ limit, type: ['json', '+json'], verify: keepRawBody })

interface Way {
  readonly parser?: Parser
  /** 405 and what a parser refuses are problems, or left to Express. */
  readonly isHelped: boolean
}

const serve =
  (framework: typeof express, { parser, isHelped }: Way): AdapterHarness['serve'] =>
  (routes, { prefix, before, maxBodyBytes }) => {
    const app = framework()
    app.set('trust proxy', true)
    if (parser !== undefined) app.use(parser(framework, maxBodyBytes))
    const router = framework.Router()
    if (before !== undefined) router.use(doing(before))
    for (const [path, creation] of Object.entries(routes)) {
      const route = router.route(path.replace(/\{(\w+)\}/g, ':$1')).post(toExpress(creation))
      if (isHelped) route.all(otherMethods(creation))
    }
    app.use(prefix === '' ? '/' : prefix, router)
    if (isHelped) {
      app.use(bodyProblems(Object.fromEntries(Object.entries(routes).map(([path, own]) => [prefix + path, own]))))
    }
    app.use(ownHandling(before))
    return listen(app)
  }

function send(response: Response, { status, headers, body }: OwnAnswer): void {
  response.writeHead(status, headers).end(body)
}

function doing(before: Before): RequestHandler {
  return (_request, response, next) => {
    if (before.kind === 'answers') return send(response, before.answer)
    if (before.kind === 'throws') throw before.error
    for (const cookie of before.cookies()) response.append('Set-Cookie', cookie)
    next()
  }
}

/** The application's own error handling, which says nothing of what it does not know. */
function ownHandling(before: Before | undefined): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (before?.kind === 'throws' && error === before.error) return send(response, before.answer)
    send(response, { status: error.status ?? 500, headers: { 'Content-Type': 'text/x-own' }, body: 'own handling' })
  }
}

const echoParams: Creation<Request>['handle'] = ({ params }) => ({
  status: 200,
  headers: {},
  body: JSON.stringify(params),
})

const runner = { afterEach, beforeEach, describe, it }

for (const { version, framework } of VERSIONS) {
  const name = `express ${version}`
  const helped = { isHelped: true } as const
  const all = { rawBodies: true, refusals: true } as const
  describeAdapter({ ...all, name, serve: serve(framework, helped) }, runner)
  describeAdapter(
    {
      ...all,
      name: `${name}, express.json() keeping the bytes`,
      serve: serve(framework, { ...helped, parser: keeping }),
    },
    runner,
  )
  describeAdapter(
    { ...all, rawBodies: false, name: `${name}, express.json()`, serve: serve(framework, { ...helped, parser: json }) },
    runner,
  )
  describeAdapter(
    {
      rawBodies: false,
      refusals: false,
      name: `${name}, express.json(), and toExpress() alone`,
      serve: serve(framework, { isHelped: false, parser: json }),
    },
    runner,
  )

  describe(`what is special about ${name}`, () => {
    let creation: Creation<Request>
    let closeNotes: () => Promise<void>
    let app: Express
    let served: Served | undefined
    beforeEach(() => {
      const notes = createNotes<Request>()
      creation = notes.creation
      closeNotes = notes.close
      app = framework()
      served = undefined
    })
    afterEach(async () => {
      await served?.close()
      await closeNotes()
    })

    const JSON_TYPE = ['Content-Type', 'application/json'] as const
    async function post(body: string | Uint8Array, headers: HeaderLines = [], path = '/notes') {
      served ??= await listen(app.use(ownHandling(undefined)))
      return sendRequest(served.origin, { path, headers: [JSON_TYPE, ...headers], body })
    }
    const codeOf = ({ body }: { body: string }) => /problems\/([\w-]+)/.exec(body)?.[1] ?? body

    it('takes a body that a parser inflated, and none that is still coded', async () => {
      app.post('/raw', toExpress(creation))
      app.post('/notes', framework.json(), toExpress(creation))
      app.post('/kept', framework.json({ verify: keepRawBody }), toExpress(creation))
      const [zipped, coded] = [gzipSync('{"text":"tea"}'), [['Content-Encoding', 'gzip'] as const]]
      expect(codeOf(await post(zipped, coded, '/raw'))).toBe('unsupported-media-type')
      for (const path of ['/notes', '/kept']) {
        const { status, body } = await post(zipped, coded, path)
        expect([path, status, JSON.parse(body).text]).toEqual([path, 201, 'tea'])
      }
    })

    it('refuses content that says gzip and is none, where a parser finds out', async () => {
      app.use(framework.json())
      app.post('/notes', toExpress(creation))
      app.use(bodyProblems({ '/notes': creation }))
      expect(codeOf(await post('{"text":"tea"}', [['Content-Encoding', 'gzip']]))).toBe('malformed-body')
      expect(codeOf(await post('{"text":"tea"}', [['Content-Encoding', 'x-foo']]))).toBe('unsupported-media-type')
    })

    it('tells numbers apart by their digits where the bytes are kept, and refuses to where they are lost', async () => {
      app.post('/kept', framework.json({ verify: keepRawBody }), toExpress(creation))
      app.post('/notes', framework.json(), toExpress(creation))
      const key = [['Idempotency-Key', 'k1'] as const]
      expect((await post('{"text":"tea","size":1.10}', key, '/kept')).status).toBe(201)
      expect((await post('{"text":"tea","size":1.1}', key, '/kept')).headers.get('idempotent-replayed')).toEqual([
        'true',
      ])
      for (const path of ['/kept', '/notes']) {
        const answer = await post('{"text":"tea","size":9007199254740993}', [['Idempotency-Key', path]], path)
        expect([path, codeOf(answer)]).toEqual([path, 'invalid-input'])
      }
    })

    it('leaves what a parser refuses elsewhere, and what is not refused by a parser, to the application', async () => {
      app.use(
        framework.json({
          verify: () => {
            throw new Error('signature')
          },
        }),
      )
      app.post('/notes', toExpress(creation))
      app.use(bodyProblems({ '/notes': creation }))
      expect(await post('{"text":"tea"}')).toMatchObject({ status: 403, body: 'own handling' })
      expect(await post('{', [], '/other')).toMatchObject({ status: 403, body: 'own handling' })
    })

    it('holds a parsed body to the limit of the creation too, by its length', async () => {
      app.post('/notes', framework.json(), toExpress(creation))
      const answer = await post(JSON.stringify({ text: 'x'.repeat(1_024) }))
      expect([answer.status, codeOf(answer)]).toEqual([413, 'content-too-large'])
    })

    it('has the parameters of a prefix, where the router merges them', async () => {
      const router = framework.Router({ mergeParams: true })
      router.post('/notes', toExpress({ ...creation, handle: echoParams }))
      app.use('/shelves/:shelfId', router)
      expect((await post('{}', [], '/shelves/a%20b/notes')).body).toBe('{"shelfId":"a b"}')
    })

    it('says nothing of a body that is no JSON', async () => {
      app.use(framework.json())
      app.use(bodyProblems({ '/notes': creation }))
      const { body } = await post('secret=hunter2')
      expect(body).toContain('malformed-body')
      expect(body).not.toMatch(/secret|hunter2/)
    })

    it('names the methods of the route, and of those that Express answers by itself', async () => {
      const list: RequestHandler = (_request, response) => void response.json([])
      app.route('/notes').get(list).post(toExpress(creation)).all(otherMethods(creation))
      app.post('/apart', toExpress(creation))
      app.all('/apart', otherMethods(creation))
      await post('{}')
      const ask = async (method: string, path: string) => {
        const { status, headers } = await sendRequest(served!.origin, { method, path })
        return [status, headers.get('allow')?.[0]]
      }
      expect(await ask('PUT', '/notes')).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
      expect(await ask('OPTIONS', '/notes')).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
      expect(await ask('HEAD', '/notes')).toEqual([200, undefined])
      expect(await ask('PUT', '/apart')).toEqual([405, 'POST, OPTIONS'])
    })

    it('has the id that middleware gave the request', async () => {
      let serial = 0
      app.use((request, _response, next) => {
        Object.assign(request, { id: ++serial })
        next()
      })
      app.post('/notes', toExpress(creation))
      expect(JSON.parse((await post('{}')).body).requestId).toBe('1')
    })

    it('leaves an answer alone that middleware has begun', async () => {
      app.post(
        '/notes',
        (_request, response, next) => {
          response.status(504).end('too late')
          next()
        },
        toExpress(creation),
      )
      expect(await post('{"text":"tea"}')).toMatchObject({ status: 504, body: 'too late' })
    })

    it('takes the segments of a wildcard as one parameter', async () => {
      const [wildcard, name] = version === 4 ? ['/notes/*', '0'] : ['/notes/*rest', 'rest']
      app.post(wildcard, toExpress({ ...creation, handle: echoParams }))
      expect((await post('{}', [], '/notes/a/b%20c')).body).toBe(JSON.stringify({ [name]: 'a/b c' }))
    })
  })
}
