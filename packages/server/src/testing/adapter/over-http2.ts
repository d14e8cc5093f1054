import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import { openHttp2 } from '../send-http2.ts'
import type { HeaderLines, WireAnswer, WireRequest } from '../send-request.ts'
import type { AdapterHarness } from './adapter-harness.ts'
import { type AdapterKit, assertProblem, JSON_TYPE, MAX_BODY_BYTES, withKey } from './adapter-kit.ts'

/** The main cases again, over HTTP/2. */
export function describeOverHttp2(kit: AdapterKit, harness: AdapterHarness, { describe, it }: Runner): void {
  if (harness.http2 === undefined) return

  describe('over HTTP/2', () => {
    const usual = { path: '/things', headers: [JSON_TYPE], body: '{"name":"tea"}' }

    async function during(
      run: (
        send: (request?: Partial<WireRequest>) => Promise<WireAnswer>,
        breakOff: (headers: HeaderLines) => Promise<void>,
      ) => Promise<void>,
    ): Promise<void> {
      await kit.mount({ http2: true })
      const client = await openHttp2(await kit.origin())
      try {
        await run(
          (request) => client.send({ ...usual, ...request }),
          (headers) => client.breakOff({ ...usual, headers }),
        )
      } finally {
        await client.close()
      }
    }

    it('carries the request in, and status, headers and body back', () =>
      during(async (send) => {
        const { status, headers, body } = await send({
          path: '/parents/a%20b/things?dry=1',
          headers: [JSON_TYPE, ['X-Own', 'value'], ['Host', 'evil.example']],
        })
        const [{ id } = { id: '' }] = kit.things()
        assert.equal(status, 201)
        assert.deepEqual(headers.get('location'), [`/parents/a%20b/things/${id}`])
        assert.equal(body, `{"id":"${id}","name":"tea"}`)
        const { method, path, query, params } = kit.seen()
        assert.deepEqual([method, path, query, params['parentId']], ['POST', '/parents/a%20b/things', 'dry=1', 'a b'])
        assert.equal(kit.seen().headers['x-own'], 'value')
      }))

    it('replays, and refuses a key in two fields', () =>
      during(async (send) => {
        const [first, retry] = [await send({ headers: withKey('k-1') }), await send({ headers: withKey('k-1') })]
        assert.deepEqual([first.status, retry.status, retry.body], [201, 201, first.body])
        assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        assertProblem(await send({ headers: withKey('a', 'b') }), 400, 'idempotency-key-invalid')
        assert.equal(kit.things().length, 1)
      }))

    it('answers without a body, and with problems', () =>
      during(async (send) => {
        const minimal = await send({ headers: [JSON_TYPE, ['Prefer', 'return=minimal']] })
        assert.deepEqual([minimal.status, minimal.body], [201, ''])
        assertProblem(await send({ body: '{"name":1}' }), 400, 'invalid-input')
        if (!harness.refusals) return
        const text = await send({ headers: [['Content-Type', 'text/plain']] })
        assertProblem(text, 415, 'unsupported-media-type')
        const large = await send({ body: JSON.stringify({ name: 'x'.repeat(MAX_BODY_BYTES) }) })
        assertProblem(large, 413, 'content-too-large')
      }))

    it('creates nothing of a body that stops in the middle, and the service stays up', () =>
      during(async (send, breakOff) => {
        await breakOff([JSON_TYPE, ['Content-Length', '100']])
        if (harness.lacks?.reset === undefined) await breakOff([JSON_TYPE])
        assert.equal((await send({ body: '{"name":"coffee"}' })).status, 201)
        assert.deepEqual(
          kit.things().map(({ name }) => name),
          ['coffee'],
        )
      }))
  })
}
