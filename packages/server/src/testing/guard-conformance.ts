import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { CreationRequest } from '../creation/creation-request.ts'
import { defineIdempotent } from '../guard/define-idempotent.ts'
import type { Guard, GuardContext } from '../guard/guard.ts'
import { type MemoryTransaction, memoryStore } from '../stores/memory.ts'
import { createGate } from './gate.ts'
import { type ManualTime, manualTime } from './manual-time.ts'
import type { Runner } from './runner.ts'
import { type HeaderLines, sendRequest, type WireAnswer, type WireRequest } from './send-request.ts'

/** What the suite's handler sees: the body as text, read in the framework's own way, and what the guard hands through. */
export interface GuardedCall {
  readonly method: string
  readonly body: string
  readonly context: GuardContext<MemoryTransaction> | undefined
}

/** What the suite's handler answers, which the harness sends in the framework's own way. */
export interface GuardedReply {
  readonly status: number
  /** Repeated names included. */
  readonly headers: HeaderLines
  /** Sent piece by piece where there are several. */
  readonly pieces: readonly (string | Uint8Array)[]
}

/** A guard as a harness takes it: whatever its framework hands to handlers is its native request. */
export type AnyGuard = Guard<never, MemoryTransaction>

/** How the suite gets at a wrapper. */
export interface GuardHarness {
  readonly name: string
  /** Whether a parser in front of the guard has read the body, whose limit is its own then. */
  readonly isBehindParser?: boolean
  /** Serves the handler behind the guard, for POST and GET of `/things`, on 127.0.0.1. It may throw. */
  serve(
    guard: AnyGuard,
    handler: (call: GuardedCall) => Promise<GuardedReply>,
  ): Promise<{ readonly origin: string; close(): Promise<void> }>
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const

// Small enough to be passed by a test, large enough for every other body here.
const MOST_BYTES = 4_096
const ANSWER_MS = 60_000
const CROWD = 20

/**
 * The contract of a guard's wrapper: the handler runs once per key and as if there were no guard, its answer arrives in
 * full, and a retry gets what was recorded of it. Over real sockets.
 *
 * Any wrapper may run it; the runner's functions are passed in, and assertions are `node:assert`.
 */
export function describeGuard(harness: GuardHarness, { describe, it, beforeEach, afterEach }: Runner): void {
  describe(`guard conformance: ${harness.name}`, () => {
    let server: Awaited<ReturnType<GuardHarness['serve']>>
    let store: ReturnType<typeof memoryStore>
    let time: ManualTime
    let handler: (call: GuardedCall) => Promise<GuardedReply> | GuardedReply
    let calls: GuardedCall[]
    let asked: CreationRequest[]

    beforeEach(async () => {
      store = memoryStore()
      time = manualTime()
      handler = insertThing
      calls = []
      asked = []
      const guard = defineIdempotent<MemoryTransaction, never>({
        operation: 'createThing',
        store,
        principal(request) {
          asked.push(request)
          return 'caller'
        },
        idempotency: { key: 'required', maxRecordedBytes: MOST_BYTES },
        maxBodyBytes: MOST_BYTES,
        answerMs: ANSWER_MS,
        time,
      })
      server = await harness.serve(guard, async (call) => {
        calls.push(call)
        return handler(call)
      })
    })
    afterEach(async () => {
      await server.close()
      await store.close()
    })

    function insertThing({ body, context }: GuardedCall): GuardedReply {
      const id = `t${calls.length}`
      context?.tx.insert('thing', id, { id, body })
      return created(id)
    }
    const things = () => store.read.all('thing')
    const post = (request: Partial<WireRequest> = {}, key: string | undefined = 'k-1'): Promise<WireAnswer> => {
      const { headers = [JSON_TYPE], ...rest } = request
      return sendRequest(server.origin, {
        path: '/things',
        body: '{"name":"tea"}',
        ...rest,
        headers: key === '' ? headers : [...headers, ['Idempotency-Key', key]],
      })
    }

    describe('the first answer', () => {
      it('arrives in full: status, every header line, body', async () => {
        const { status, headers, body } = await post()
        assert.equal(status, 201)
        assert.equal(body, '{"id":"t1","text":"Žofie 日本 😀"}')
        assert.deepEqual(headers.get('location'), ['/things/t1'])
        assert.deepEqual(headers.get('etag'), ['"1"'])
        assert.deepEqual(headers.get('x-own'), ['value'])
        assert.deepEqual(headers.get('set-cookie'), ['a=1; Path=/', 'b=2; Path=/'])
        assert.equal(headers.get('idempotent-replayed'), undefined)
      })

      it('arrives in full where it is sent in pieces, is binary, or is larger than what is held back', async () => {
        for (const pieces of [
          ['one ', 'two ', 'three'],
          [BINARY],
          ['x'.repeat(MOST_BYTES), 'y'.repeat(MOST_BYTES), 'z'],
        ]) {
          handler = () => ({ ...created('t1'), pieces })
          const { status, body } = await post({}, `k-${pieces.length}-${pieces[0]!.length}`)
          assert.deepEqual([status, body], [201, Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString()])
        }
      })

      it('comes after the commit: what it speaks of is there', async () => {
        const { headers } = await post()
        assert.equal(headers.get('location')![0], `/things/${things()[0]!['id']}`)
      })
    })

    describe('the handler', () => {
      it('reads its body as if nobody had, sent at once or in chunks, or without one', async () => {
        for (const isChunked of [false, true]) await post({ isChunked }, `k-${isChunked}`)
        await sendRequest(server.origin, { path: '/things', headers: [['Idempotency-Key', 'none']] })
        assert.deepEqual(
          calls.map(({ body }) => body),
          ['{"name":"tea"}', '{"name":"tea"}', ''],
        )
      })

      it('gets the transaction, the principal, and a key for the services that it calls', async () => {
        await post()
        const { context } = calls[0]!
        assert.equal(context?.principal, 'caller')
        assert.match(context.attemptKey!, /^[\da-f-]{36}$/)
        assert.equal(things().length, 1)
      })

      it('runs for every request of a safe method, whatever key that has', async () => {
        for (let turn = 0; turn < 2; turn++) await post({ method: 'GET', headers: [], body: '' })
        assert.deepEqual(
          calls.map(({ method, context }) => [method, context]),
          [
            ['GET', undefined],
            ['GET', undefined],
          ],
        )
        assert.deepEqual(asked, [])
      })

      it('runs once for a crowd with one key, and everybody else is told that it is in flight', async () => {
        const gate = createGate()
        handler = async (call) => {
          await gate.opened
          return insertThing(call)
        }
        let refused = 0
        const crowd = Array.from({ length: CROWD }, async () => {
          const answer = await post()
          if (answer.status === 409) refused += 1
          // The last one is the first, which waits for the gate.
          if (refused === CROWD - 1) gate.open()
          return answer
        })
        const answers = await Promise.all(crowd)
        assert.equal(answers.filter(({ status }) => status === 201).length, 1)
        for (const answer of answers.filter(({ status }) => status !== 201)) {
          assertProblem(answer, 409, 'idempotency-key-in-flight')
          assert.deepEqual(answer.headers.get('retry-after'), ['1'])
        }
        assert.deepEqual([calls.length, things().length], [1, 1])
      })

      it('ends its work when the client has hung up, and the retry is answered with it', async () => {
        const [entered, gate] = [createGate(), createGate()]
        handler = async (call) => {
          entered.open()
          await gate.opened
          return insertThing(call)
        }
        await hangUp(server.origin, entered.opened)
        gate.open()
        let retry = await post()
        while (retry.status === 409) retry = await post()
        assert.deepEqual([retry.status, retry.headers.get('idempotent-replayed')], [201, ['true']])
        assert.deepEqual([calls.length, things().length], [1, 1])
      })

      it('that does not answer in time is given up: 500, nothing kept, the key free, its late answer dropped', async () => {
        const [entered, gate, late] = [createGate(), createGate(), createGate()]
        handler = async (call) => {
          const reply = insertThing(call)
          entered.open()
          await gate.opened
          late.open()
          return reply
        }
        const first = post()
        await entered.opened
        time.move(ANSWER_MS)
        assertProblem(await first, 500, 'internal-error')
        gate.open()
        await late.opened
        assert.deepEqual(things(), [])
        handler = insertThing
        assert.equal((await post()).status, 201)
        assert.equal(things().length, 1)
      })
    })

    describe('a retry', () => {
      it('gets the recorded status, headers of the resource and body, marked, and no cookie', async () => {
        const first = await post()
        const retry = await post()
        assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        for (const name of ['location', 'etag', 'content-type', 'link']) {
          assert.deepEqual(retry.headers.get(name), first.headers.get(name), name)
        }
        assert.deepEqual([retry.status, retry.body], [first.status, first.body])
        assert.deepEqual([retry.headers.get('set-cookie'), retry.headers.get('x-own')], [undefined, undefined])
        assert.equal(calls.length, 1)
      })

      it('gets 204 and a redirect as they were', async () => {
        for (const [status, headers] of [
          [204, []],
          [303, [['Location', '/things/t1']]],
        ] as const) {
          handler = () => ({ status, headers, pieces: [] })
          const key = `k-${status}`
          const [first, retry] = [await post({}, key), await post({}, key)]
          assert.deepEqual([first.status, retry.status, retry.body], [status, status, first.body])
          assert.deepEqual(retry.headers.get('location'), first.headers.get('location'))
          assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        }
      })

      it('gets the reference, without a body, where that was binary or larger than what is recorded', async () => {
        for (const piece of [BINARY, 'x'.repeat(MOST_BYTES + 1)]) {
          handler = () => ({ ...created('t1'), pieces: [piece] })
          const key = `k-${piece.length}`
          await post({}, key)
          const { status, headers, body } = await post({}, key)
          assert.deepEqual([status, body, headers.get('location')], [201, '', ['/things/t1']])
          assert.deepEqual([headers.get('content-type'), headers.get('etag')], [undefined, ['"1"']])
        }
        assert.equal(calls.length, 2)
      })

      it('may spell its JSON otherwise; another body, path or query is refused', async () => {
        await post()
        assert.equal((await post({ body: '{ "name" : "tea" }' })).status, 201)
        assertProblem(await post({ body: '{"name":"coffee"}' }), 422, 'idempotency-key-reused')
        assertProblem(await post({ path: '/things?other=1' }), 422, 'idempotency-key-reused')
        assert.equal(calls.length, 1)
      })

      it('of another media type is compared by its bytes', async () => {
        const headers = [['Content-Type', 'text/csv']] as const
        await post({ headers, body: 'a,b' })
        assert.deepEqual((await post({ headers, body: 'a,b' })).headers.get('idempotent-replayed'), ['true'])
        assertProblem(await post({ headers, body: 'a, b' }), 422, 'idempotency-key-reused')
      })
    })

    describe('what is not recorded', () => {
      it('is 4xx, 5xx, and what the handler throws: rolled back, and the key is free', async () => {
        for (const fail of [
          () => ({ ...created('t'), status: 422 }),
          () => ({ ...created('t'), status: 503 }),
          () => {
            throw new Error('select * from secret')
          },
        ]) {
          handler = (call) => {
            insertThing(call)
            return fail()
          }
          const { status, headers } = await post()
          assert.ok(status >= 400 && !headers.has('idempotent-replayed'))
          assert.deepEqual(things(), [])
        }
        handler = insertThing
        const { status, headers } = await post({ body: '{"name":"changed"}' })
        assert.deepEqual([status, headers.has('idempotent-replayed'), things().length], [201, false, 1])
      })
    })

    describe('what is refused', () => {
      it('is a key that is missing, empty, repeated or malformed: the handler does not run', async () => {
        assertProblem(await post({}, ''), 400, 'idempotency-key-missing')
        assertProblem(await post({ headers: [JSON_TYPE, ['Idempotency-Key', 'k-0']] }), 400, 'idempotency-key-invalid')
        assertProblem(await post({}, '"'), 400, 'idempotency-key-invalid')
        assert.deepEqual(calls, [])
      })

      it('is a body that is too large to be read first, sent at once or in chunks', async () => {
        if (harness.isBehindParser === true) return
        for (const isChunked of [false, true]) {
          const body = JSON.stringify({ name: 'x'.repeat(MOST_BYTES) })
          assertProblem(await post({ body, isChunked }), 413, 'content-too-large')
        }
        assert.deepEqual(calls, [])
      })
    })
  })
}

// No UTF-8.
const BINARY = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe)

function created(id: string): GuardedReply {
  return {
    status: 201,
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Location', `/things/${id}`],
      ['ETag', '"1"'],
      ['Link', '<https://example.org/help>; rel="help"'],
      ['X-Own', 'value'],
      ['Set-Cookie', 'a=1; Path=/'],
      ['Set-Cookie', 'b=2; Path=/'],
    ],
    pieces: [`{"id":"${id}","text":"Žofie 日本 😀"}`],
  }
}

function assertProblem({ status, headers, body }: WireAnswer, expected: number, code: string): void {
  assert.equal(status, expected, body)
  assert.match(headers.get('content-type')?.[0] ?? '', /^application\/problem\+json/)
  assert.equal((JSON.parse(body) as { type: string }).type, `/problems/${code}`)
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
