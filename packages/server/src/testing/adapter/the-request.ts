import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import { sendRequest } from '../send-request.ts'
import type { AdapterHarness } from './adapter-harness.ts'
import { type AdapterKit, assertProblem, JSON_TYPE } from './adapter-kit.ts'

/** Nothing of the request gets lost on its way in. */
export function describeTheRequest(kit: AdapterKit, harness: AdapterHarness, { describe, it }: Runner): void {
  const isOurs = harness.lacks?.malformedBodies === undefined

  describe('the request', () => {
    it('arrives with method, path and query as they were asked for, decoded parameters, headers and an id', async () => {
      await kit.post({ path: '/parents/a%20b%2Fc/things?dry=1&x=%20', headers: [JSON_TYPE, ['X-Own', 'value']] })
      const seen = kit.seen()
      assert.equal(seen.method, 'POST')
      assert.equal(seen.path, '/parents/a%20b%2Fc/things')
      assert.equal(seen.query, 'dry=1&x=%20')
      assert.equal(seen.params['parentId'], 'a b/c')
      assert.equal(seen.headers['x-own'], 'value')
      assert.ok(seen.requestId.length > 0)
    })

    it('arrives with its body, sent at once, in chunks, or after the client was told to go on', async () => {
      for (const way of [{}, { isChunked: true }, { headers: [JSON_TYPE, ['Expect', '100-continue'] as const] }]) {
        assert.equal((await kit.post(way)).status, 201)
        const { body } = kit.seen()
        if (harness.rawBodies) {
          assert.ok(body.kind === 'raw')
          assert.equal(Buffer.from(body.bytes).toString(), '{"name":"tea"}')
        } else assert.deepEqual(body, { kind: 'parsed', value: { name: 'tea' } })
      }
    })

    it('without a body is refused', async () => {
      if (harness.rawBodies && isOurs) assertProblem(await kit.post({ body: '' }), 400, 'malformed-body')
      assertProblem(await sendRequest(await kit.origin(), { path: '/things' }), 400, 'malformed-body')
      assert.deepEqual(kit.things(), [])
    })

    if ((harness.rawBodies || harness.refusals) && isOurs) {
      it('that is no JSON is refused', async () => {
        for (const body of ['{"name":', '{"name":"a"}}']) {
          assertProblem(await kit.post({ body }), 400, 'malformed-body')
        }
        assert.deepEqual(kit.things(), [])
      })
    }

    if (harness.rawBodies) {
      // A parser in front of the creation, which is not ours, takes what is JSON once the broken bytes are replaced.
      const notUtf8 = isOurs ? Buffer.from([0x7b, 0xff, 0x7d]) : Buffer.from('{"name":"\xff"}', 'latin1')

      it('that repeats a member or is no UTF-8 is refused', async () => {
        for (const body of ['{"name":"a","name":"b"}', notUtf8]) {
          assertProblem(await kit.post({ body }), 400, 'malformed-body')
        }
        assert.deepEqual(kit.things(), [])
      })
    }
  })
}
