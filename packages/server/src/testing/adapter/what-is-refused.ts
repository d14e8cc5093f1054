import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import type { Runner } from '../runner.ts'
import type { AdapterHarness } from './adapter-harness.ts'
import { type AdapterKit, assertProblem, JSON_TYPE, MAX_BODY_BYTES } from './adapter-kit.ts'

const TOO_LARGE = { body: JSON.stringify({ name: 'x'.repeat(MAX_BODY_BYTES) }) }

/** What the framework refuses has the form of every other problem, and leaves the connection in order. */
export function describeWhatIsRefused(kit: AdapterKit, harness: AdapterHarness, { describe, it }: Runner): void {
  const { refusals, lacks = {} } = harness

  describe('what the framework refuses', () => {
    if (refusals && lacks.otherMethods === undefined) {
      it('is a problem: other methods', async () => {
        const other = await kit.post({ method: 'DELETE', headers: [] })
        assertProblem(other, 405, 'method-not-allowed')
        assert.match(other.headers.get('allow')![0]!, /\bPOST\b/)
      })

      it('is told to HEAD and OPTIONS in their forms', async () => {
        const head = await kit.post({ method: 'HEAD', headers: [], body: '' })
        assert.deepEqual([head.status, head.body], [405, ''])
        assert.match(head.headers.get('allow')![0]!, /\bPOST\b/)
        const options = await kit.post({ method: 'OPTIONS', headers: [], body: '' })
        assert.deepEqual([options.status, options.body], [204, ''])
        assert.match(options.headers.get('allow')![0]!, /\bPOST\b/)
      })
    }

    it('creates nothing: other methods', async () => {
      for (const method of ['DELETE', 'PUT', 'HEAD', 'OPTIONS']) {
        const { status } = await kit.post({ method })
        assert.ok(status >= 400 || method === 'OPTIONS', `${method}: ${status}`)
      }
      assert.deepEqual(kit.things(), [])
    })

    if (refusals) {
      it('is a problem: other types, codings, bodies that are too large', async () => {
        const text = await kit.post({ headers: [['Content-Type', 'text/plain']] })
        assertProblem(text, 415, 'unsupported-media-type')
        assert.deepEqual(text.headers.get('accept-post'), ['application/json'])
        assertProblem(await kit.post({ headers: [] }), 415, 'unsupported-media-type')
        const coded = await kit.post({ headers: [JSON_TYPE, ['Content-Encoding', 'x-foo']] })
        assertProblem(coded, 415, 'unsupported-media-type')
        const utf16 = await kit.post({ headers: [['Content-Type', 'application/json; charset=utf-16']] })
        assertProblem(utf16, 415, 'unsupported-media-type')
        assertProblem(await kit.post(TOO_LARGE), 413, 'content-too-large')
        assertProblem(await kit.post({ ...TOO_LARGE, isChunked: true }), 413, 'content-too-large')
        assert.deepEqual(kit.things(), [])
      })

      it('does not include JSON with a charset parameter or a suffix', async () => {
        for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.thing+json']) {
          assert.equal((await kit.post({ headers: [['Content-Type', type]] })).status, 201, type)
        }
      })
    }

    it('is 406 before anything is created, where no answer would be acceptable', async () => {
      const answer = await kit.post({ headers: [JSON_TYPE, ['Accept', 'application/x-nope']] })
      assertProblem(answer, 406, 'not-acceptable')
      assert.deepEqual(kit.things(), [])
    })

    if (lacks.keepAlive === undefined) {
      it('leaves a connection that is usable, or says that it is not', async () => {
        const refusedOnes = [{ headers: [['Content-Type', 'text/plain'] as const] }, { body: '{' }]
        for (const refused of refusals ? [...refusedOnes, TOO_LARGE] : refusedOnes) {
          const agent = new Agent({ keepAlive: true, maxSockets: 1 })
          const first = await kit.post({ ...refused, agent })
          assert.ok(first.status >= 400)
          const second = await kit.post({ agent })
          assert.equal(second.status, 201)
          const isOver = first.headers.get('connection')?.[0]?.toLowerCase() === 'close'
          assert.equal(second.isOnSameConnection, !isOver)
          agent.destroy()
        }
      })
    }
  })
}
