import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import type { WireAnswer } from '../send-request.ts'
import type { AdapterHarness, OwnAnswer } from './adapter-harness.ts'
import { type AdapterKit, JSON_TYPE, withKey } from './adapter-kit.ts'

/** What is around a creation stays the application's: its middleware, its errors, its ids. */
export function describeTheApplication(kit: AdapterKit, harness: AdapterHarness, { describe, it }: Runner): void {
  const { lacks = {} } = harness

  describe('the application around it', () => {
    if (lacks.cookies === undefined) {
      it('sets cookies, each in a line of its own, and a replay has those of its own request', async () => {
        let request = 0
        const cookies = () => [
          `session=${++request}; Path=/; HttpOnly`,
          'theme=dark; Expires=Wed, 01 Jan 2031 00:00:00 GMT',
        ]
        await kit.mount({ before: { kind: 'sets-cookies', cookies } })
        const send = () => kit.post({ headers: withKey('k-1') })
        const [first, retry] = [await send(), await send()]
        assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        for (const [index, { status, headers }] of [first, retry].entries()) {
          request = index
          assert.equal(status, 201)
          assert.deepEqual(headers.get('set-cookie'), cookies())
        }
      })
    }

    if (lacks.denial === undefined) {
      it('answers 401 in its own form, before a creation sees anything', async () => {
        const answer = {
          status: 401,
          headers: { 'WWW-Authenticate': 'Bearer', 'Content-Type': 'text/x-own' },
          body: 'Who are you?',
        }
        await kit.mount({ before: { kind: 'answers', answer } })
        assertOwn(await kit.post(), answer)
        assert.throws(() => kit.seen())
        assert.deepEqual(kit.things(), [])
      })
    }

    if (lacks.errorHandling === undefined) {
      it('handles the errors that it throws, before a creation sees anything', async () => {
        const answer = { status: 503, headers: { 'Content-Type': 'text/x-own' }, body: 'The users are out of reach.' }
        await kit.mount({ before: { kind: 'throws', error: new Error('ECONNREFUSED'), answer } })
        assertOwn(await kit.post(), answer)
        assert.throws(() => kit.seen())
        assert.deepEqual(kit.lines(), [])
      })
    }

    if (lacks.requestId === undefined) {
      it('names the request, and the name stands in the problem and in the log', async () => {
        const [id, body] = ['req-of-the-application', '{"name":1}']
        const answer = await kit.post({ headers: [JSON_TYPE, [harness.requestIdHeader ?? 'x-request-id', id]], body })
        assert.equal((JSON.parse(answer.body) as { requestId: string }).requestId, id)
        assert.equal(kit.seen().requestId, id)
        assert.deepEqual(
          kit.lines().map(({ requestId }) => requestId),
          [id],
        )
      })
    }

    it('tells each request from the others', async () => {
      const ids = new Set<string>()
      for (let request = 0; request < 3; request++) {
        await kit.post()
        ids.add(kit.seen().requestId)
      }
      assert.equal(ids.size, 3)
    })
  })
}

function assertOwn({ status, headers, body }: WireAnswer, own: OwnAnswer): void {
  assert.deepEqual([status, body], [own.status, own.body])
  for (const name in own.headers) assert.ok(headers.get(name.toLowerCase())?.[0]?.startsWith(own.headers[name]!), name)
}
