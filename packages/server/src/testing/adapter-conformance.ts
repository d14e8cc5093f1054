import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { CreateContext } from '../creation/create-context.ts'
import type { CreationRequest } from '../creation/creation-request.ts'
import { type Creation, defineCreation } from '../creation/define-creation.ts'
import { created, type Result } from '../creation/result.ts'
import type { StandardSchema } from '../creation/settings/standard-schema.ts'
import { type MemoryTransaction, memoryStore } from '../stores/memory.ts'
import { createGate } from './gate.ts'
import type { Runner } from './runner.ts'
import { type HeaderLines, sendRequest, type WireAnswer, type WireRequest } from './send-request.ts'

/** How the suite gets at an adapter. */
export interface AdapterHarness {
  readonly name: string
  /** Whether creations get the bytes as they were sent, rather than a body that the framework parsed. */
  readonly rawBodies: boolean
  /** Whether what the framework itself refuses (405, 413, 415) is answered as a problem of the catalogue. */
  readonly refusals: boolean
  /** Serves each creation as POST of its path on 127.0.0.1; `{name}` in a path is a parameter. */
  serve(
    routes: Readonly<Record<string, Creation<unknown>>>,
  ): Promise<{ readonly origin: string; close(): Promise<void> }>
}

interface Thing {
  readonly id: string
  readonly name: string
}

type Create = (
  input: { name: string },
  context: CreateContext<MemoryTransaction>,
) => Result<Thing> | Promise<Result<Thing>>

const JSON_TYPE = ['Content-Type', 'application/json'] as const

// A limit that is small enough to be passed by a test and large enough for every other body here.
const MAX_BODY_BYTES = 4_096

/**
 * The contract of an adapter: nothing of the request and nothing of the answer gets lost, over real sockets.
 *
 * Any adapter may run it; the runner's functions are passed in, and assertions are `node:assert`.
 */
export function describeAdapter(harness: AdapterHarness, { describe, it, beforeEach, afterEach }: Runner): void {
  describe(`adapter conformance: ${harness.name}`, () => {
    let server: Awaited<ReturnType<AdapterHarness['serve']>>
    let seen: CreationRequest | undefined
    let create: Create
    let store: ReturnType<typeof memoryStore>
    let serial = 0

    beforeEach(async () => {
      seen = undefined
      store = memoryStore()
      create = insertThing
      const settings = {
        store,
        principal: (request: CreationRequest) => {
          seen = request
          return 'caller'
        },
        input: named,
        create: (input: { name: string }, context: CreateContext<MemoryTransaction>) => create(input, context),
        duplicates: 'allow' as const,
        idempotency: 'optional' as const,
        maxBodyBytes: MAX_BODY_BYTES,
      }
      server = await harness.serve({
        '/things': defineCreation({ ...settings, operation: 'createThing', location: '/things/{id}' }),
        '/parents/{parentId}/things': defineCreation({
          ...settings,
          operation: 'createChild',
          location: '/parents/{parentId}/things/{id}',
        }),
      })
    })
    afterEach(async () => {
      await server.close()
      await store.close()
    })

    function insertThing(input: { name: string }, { tx }: CreateContext<MemoryTransaction>): Result<Thing> {
      const thing = { id: `t${++serial}`, name: input.name }
      tx.insert('thing', thing.id, thing)
      return created(thing, { Link: '<https://example.org/help>; rel="help"' })
    }
    const post = (request: Partial<WireRequest> = {}): Promise<WireAnswer> =>
      sendRequest(server.origin, { path: '/things', headers: [JSON_TYPE], body: '{"name":"tea"}', ...request })
    const withKey = (...keys: readonly string[]): HeaderLines => [
      JSON_TYPE,
      ...keys.map((key) => ['Idempotency-Key', key] as const),
    ]

    describe('the answer', () => {
      it('carries status, headers and body to the client', async () => {
        const { status, headers, body } = await post()
        const [{ id } = { id: '' }] = store.read.all('thing') as unknown as Thing[]
        assert.equal(status, 201)
        assert.deepEqual(headers.get('location'), [`/things/${id}`])
        assert.match(headers.get('content-type')![0]!, /^application\/json/)
        assert.deepEqual(headers.get('link'), ['<https://example.org/help>; rel="help"'])
        assert.equal(body, `{"id":"${id}","name":"tea"}`)
      })

      it('has no body where the client asked for none', async () => {
        const { status, headers, body } = await post({ headers: [JSON_TYPE, ['Prefer', 'return=minimal']] })
        assert.equal(status, 201)
        assert.equal(body, '')
        assert.deepEqual(headers.get('preference-applied'), ['return=minimal'])
        assert.equal(headers.get('location')?.length, 1)
        assert.equal(headers.get('content-type'), undefined)
      })

      it('is a problem with its own media type where the request is refused', async () => {
        const answer = await post({ body: '{"name":1}' })
        assertProblem(answer, 400, 'invalid-input')
      })

      it("is a problem without a trace of the fault where the author's code throws, and the service stays up", async () => {
        create = () => {
          throw new Error('select * from secret at /srv/app.js')
        }
        const answer = await post()
        assertProblem(answer, 500, 'internal-error')
        assert.doesNotMatch(answer.body, /secret|srv|select/)
        create = insertThing
        assert.equal((await post()).status, 201)
      })

      it('keeps text outside ASCII', async () => {
        const name = 'Žofie 日本 😀 e\u0301'
        const { body } = await post({ body: JSON.stringify({ name }) })
        assert.equal((JSON.parse(body) as Thing).name, name)
      })
    })

    describe('the request', () => {
      it('arrives with method, path and query as they were asked for, decoded parameters, headers and an id', async () => {
        await post({ path: '/parents/a%20b%2Fc/things?dry=1&x=%20', headers: [JSON_TYPE, ['X-Own', 'value']] })
        assert.ok(seen)
        assert.equal(seen.method, 'POST')
        assert.equal(seen.path, '/parents/a%20b%2Fc/things')
        assert.equal(seen.query, 'dry=1&x=%20')
        assert.equal(seen.params['parentId'], 'a b/c')
        assert.equal(seen.headers['x-own'], 'value')
        assert.ok(seen.requestId.length > 0)
      })

      it('arrives with its body, sent at once or in chunks', async () => {
        for (const isChunked of [false, true]) {
          await post({ isChunked })
          assert.ok(seen)
          if (harness.rawBodies) {
            assert.ok(seen.body.kind === 'raw')
            assert.equal(Buffer.from(seen.body.bytes).toString(), '{"name":"tea"}')
          } else assert.deepEqual(seen.body, { kind: 'parsed', value: { name: 'tea' } })
        }
      })

      it('without a body is refused', async () => {
        if (harness.rawBodies) {
          assertProblem(await sendRequest(server.origin, { path: '/things' }), 400, 'malformed-body')
          assertProblem(await post({ body: '' }), 400, 'malformed-body')
        } else assertProblem(await sendRequest(server.origin, { path: '/things' }), 400, 'malformed-body')
        assert.deepEqual(store.read.all('thing'), [])
      })

      it('that is no JSON, repeats a member or is no UTF-8 is refused', async () => {
        if (!harness.rawBodies) return
        for (const body of ['{"name":', '{"name":"a"}}', '{"name":"a","name":"b"}', Buffer.from([0x7b, 0xff, 0x7d])]) {
          assertProblem(await post({ body }), 400, 'malformed-body')
        }
        assert.deepEqual(store.read.all('thing'), [])
      })
    })

    describe('the key', () => {
      it('makes a retry a replay, with the same status, headers and body, and marked', async () => {
        const first = await post({ headers: withKey('k-1') })
        const retry = await post({ headers: withKey('"k-1"') })
        assert.equal(first.headers.get('idempotent-replayed'), undefined)
        assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        for (const name of ['location', 'content-type', 'link'])
          assert.deepEqual(retry.headers.get(name), first.headers.get(name))
        assert.deepEqual([retry.status, retry.body], [first.status, first.body])
        assert.equal(store.read.all('thing').length, 1)
      })

      it('with another body, path or query is refused', async () => {
        await post({ headers: withKey('k-1') })
        assertProblem(await post({ headers: withKey('k-1'), body: '{"name":"coffee"}' }), 422, 'idempotency-key-reused')
        assertProblem(await post({ headers: withKey('k-1'), path: '/things?other=1' }), 422, 'idempotency-key-reused')
        assert.equal((await post({ headers: withKey('k-1'), path: '/parents/1/things' })).status, 201)
        assertProblem(await post({ headers: withKey('k-1'), path: '/parents/2/things' }), 422, 'idempotency-key-reused')
      })

      it('in two lines, or empty, is refused', async () => {
        assertProblem(await post({ headers: withKey('a', 'b') }), 400, 'idempotency-key-invalid')
        assertProblem(await post({ headers: withKey('"a"', '"a"') }), 400, 'idempotency-key-invalid')
        assertProblem(await post({ headers: withKey('') }), 400, 'idempotency-key-invalid')
        assert.deepEqual(store.read.all('thing'), [])
      })

      it('of a request that is running answers that it is in flight', async () => {
        const [entered, gate] = [createGate(), createGate()]
        create = async (input, context) => {
          entered.open()
          await gate.opened
          return insertThing(input, context)
        }
        const first = post({ headers: withKey('k-1') })
        await entered.opened
        const second = await post({ headers: withKey('k-1') })
        assertProblem(second, 409, 'idempotency-key-in-flight')
        assert.deepEqual(second.headers.get('retry-after'), ['1'])
        gate.open()
        assert.equal((await first).status, 201)
      })

      it('of a client that hung up replays what was created', async () => {
        const [entered, gate] = [createGate(), createGate()]
        create = async (input, context) => {
          entered.open()
          await gate.opened
          return insertThing(input, context)
        }
        await hangUp(server.origin, entered.opened)
        gate.open()
        let retry = await post({ headers: withKey('k-1') })
        while (retry.status === 409) retry = await post({ headers: withKey('k-1') })
        assert.equal(retry.status, 201)
        assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        assert.equal(store.read.all('thing').length, 1)
      })
    })

    describe('what the framework refuses', () => {
      it('is a problem: other methods, other types, codings, bodies that are too large', async () => {
        if (!harness.refusals) return
        const other = await post({ method: 'DELETE', headers: [] })
        assertProblem(other, 405, 'method-not-allowed')
        assert.match(other.headers.get('allow')![0]!, /\bPOST\b/)
        const text = await post({ headers: [['Content-Type', 'text/plain']] })
        assertProblem(text, 415, 'unsupported-media-type')
        assert.deepEqual(text.headers.get('accept-post'), ['application/json'])
        assertProblem(await post({ headers: [] }), 415, 'unsupported-media-type')
        assertProblem(
          await post({ headers: [JSON_TYPE, ['Content-Encoding', 'x-foo']] }),
          415,
          'unsupported-media-type',
        )
        assertProblem(
          await post({ headers: [['Content-Type', 'application/json; charset=utf-16']] }),
          415,
          'unsupported-media-type',
        )
        assertProblem(
          await post({ body: JSON.stringify({ name: 'x'.repeat(MAX_BODY_BYTES) }) }),
          413,
          'content-too-large',
        )
        assert.deepEqual(store.read.all('thing'), [])
      })

      it('does not include JSON with a charset parameter or a suffix', async () => {
        if (!harness.refusals) return
        for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.thing+json']) {
          assert.equal((await post({ headers: [['Content-Type', type]] })).status, 201, type)
        }
      })

      it('is 406 before anything is created, where no answer would be acceptable', async () => {
        assertProblem(await post({ headers: [JSON_TYPE, ['Accept', 'application/x-nope']] }), 406, 'not-acceptable')
        assert.deepEqual(store.read.all('thing'), [])
      })
    })
  })
}

const named: StandardSchema<{ name: string }> = {
  '~standard': {
    version: 1,
    vendor: 'createonce-conformance',
    validate(value) {
      const { name } = (value ?? {}) as { name?: unknown }
      return typeof name === 'string' ? { value: { name } } : { issues: [{ message: 'must be text', path: ['name'] }] }
    },
  },
}

function assertProblem({ status, headers, body }: WireAnswer, expected: number, code: string): void {
  assert.equal(status, expected, body)
  assert.match(headers.get('content-type')?.[0] ?? '', /^application\/problem\+json/)
  const problem = JSON.parse(body) as { type: string; status: number }
  assert.equal(problem.type, `/problems/${code}`)
  assert.equal(problem.status, expected)
}

/** Sends a whole request, waits until it is being worked on, and closes the connection without reading. */
async function hangUp(origin: string, entered: Promise<void>): Promise<void> {
  const { hostname, port } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port) })
  const body = '{"name":"tea"}'
  socket.write(
    `POST /things HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nIdempotency-Key: k-1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await entered
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.destroy()
  await closed
}
