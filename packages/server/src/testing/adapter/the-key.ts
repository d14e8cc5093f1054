import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import { type AdapterKit, assertProblem, withKey } from './adapter-kit.ts'
import { beginRequest } from './begin-request.ts'

/** The key reaches the creation as it was sent, and its answer the client. */
export function describeTheKey(kit: AdapterKit, { describe, it }: Runner): void {
  describe('the key', () => {
    it('makes a retry a replay, with the same status, headers and body, and marked', async () => {
      const first = await kit.post({ headers: withKey('k-1') })
      const retry = await kit.post({ headers: withKey('"k-1"') })
      assert.equal(first.headers.get('idempotent-replayed'), undefined)
      assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
      for (const name of ['location', 'content-type', 'link'])
        assert.deepEqual(retry.headers.get(name), first.headers.get(name))
      assert.deepEqual([retry.status, retry.body], [first.status, first.body])
      assert.equal(kit.things().length, 1)
    })

    it('with another body, path or query is refused', async () => {
      const send = (other: { path?: string; body?: string }) => kit.post({ headers: withKey('k-1'), ...other })
      await send({})
      assertProblem(await send({ body: '{"name":"coffee"}' }), 422, 'idempotency-key-reused')
      assertProblem(await send({ path: '/things?other=1' }), 422, 'idempotency-key-reused')
      assert.equal((await send({ path: '/parents/1/things' })).status, 201)
      assertProblem(await send({ path: '/parents/2/things' }), 422, 'idempotency-key-reused')
    })

    it('in two lines, or empty, is refused', async () => {
      assertProblem(await kit.post({ headers: withKey('a', 'b') }), 400, 'idempotency-key-invalid')
      assertProblem(await kit.post({ headers: withKey('"a"', '"a"') }), 400, 'idempotency-key-invalid')
      assertProblem(await kit.post({ headers: withKey('') }), 400, 'idempotency-key-invalid')
      assert.deepEqual(kit.things(), [])
    })

    it('of a request that is running answers that it is in flight', async () => {
      const { entered, gate } = kit.hold()
      const first = kit.post({ headers: withKey('k-1') })
      await entered
      const second = await kit.post({ headers: withKey('k-1') })
      assertProblem(second, 409, 'idempotency-key-in-flight')
      assert.deepEqual(second.headers.get('retry-after'), ['1'])
      gate.open()
      assert.equal((await first).status, 201)
    })

    it('of a client that hung up replays what was created', async () => {
      const { entered, gate } = kit.hold()
      const connection = await beginRequest(await kit.origin(), {
        headers: withKey('k-1'),
        contentLength: 14,
        sent: '{"name":"tea"}',
      })
      await entered
      await connection.destroy()
      gate.open()
      let retry = await kit.post({ headers: withKey('k-1') })
      while (retry.status === 409) retry = await kit.post({ headers: withKey('k-1') })
      assert.equal(retry.status, 201)
      assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
      assert.equal(kit.things().length, 1)
    })
  })
}
