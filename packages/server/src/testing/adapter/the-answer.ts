import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import { type AdapterKit, assertProblem, JSON_TYPE, type Thing } from './adapter-kit.ts'

/** Nothing of the answer gets lost on its way out. */
export function describeTheAnswer(kit: AdapterKit, { describe, it }: Runner): void {
  describe('the answer', () => {
    it('carries status, headers and body to the client', async () => {
      const { status, headers, body } = await kit.post()
      const [{ id } = { id: '' }] = kit.things()
      assert.equal(status, 201)
      assert.deepEqual(headers.get('location'), [`/things/${id}`])
      assert.match(headers.get('content-type')![0]!, /^application\/json/)
      assert.deepEqual(headers.get('link'), ['<https://example.org/help>; rel="help"'])
      assert.equal(body, `{"id":"${id}","name":"tea"}`)
    })

    it('has no ETag but the one that the definition names', async () => {
      assert.equal((await kit.post()).headers.get('etag'), undefined)
    })

    it('has no body where the client asked for none', async () => {
      const { status, headers, body } = await kit.post({ headers: [JSON_TYPE, ['Prefer', 'return=minimal']] })
      assert.equal(status, 201)
      assert.equal(body, '')
      assert.deepEqual(headers.get('preference-applied'), ['return=minimal'])
      assert.equal(headers.get('location')?.length, 1)
      assert.equal(headers.get('content-type'), undefined)
    })

    it('is a problem with its own media type where the request is refused', async () => {
      assertProblem(await kit.post({ body: '{"name":1}' }), 400, 'invalid-input')
    })

    it("is a problem without a trace of the fault where the author's code throws, and the service stays up", async () => {
      kit.createBy(() => {
        throw new Error('select * from secret at /srv/app.js')
      })
      const answer = await kit.post()
      assertProblem(answer, 500, 'internal-error')
      assert.doesNotMatch(answer.body, /secret|srv|select/)
      kit.createBy(kit.insertThing)
      assert.equal((await kit.post()).status, 201)
    })

    it('keeps text outside ASCII', async () => {
      const name = 'Žofie 日本 😀 e\u0301'
      const { body } = await kit.post({ body: JSON.stringify({ name }) })
      assert.equal((JSON.parse(body) as Thing).name, name)
    })
  })
}
