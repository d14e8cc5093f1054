import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import type { HeaderLines } from '../send-request.ts'
import type { AdapterHarness } from './adapter-harness.ts'
import { type AdapterKit, assertProblem, JSON_TYPE, PUBLIC_BASE_URL, withKey } from './adapter-kit.ts'

const PREFIX = '/api/v1'

// What a proxy adds, and what somebody adds who wants to be taken for one.
const FORWARDED: HeaderLines = [
  JSON_TYPE,
  ['Host', 'evil.example'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Port', '8443'],
  ['X-Forwarded-Prefix', '/evil'],
  ['X-Forwarded-For', '203.0.113.7'],
  ['Forwarded', 'host=evil.example;proto=https'],
  ['X-Original-URL', '/evil'],
  ['X-Rewrite-URL', '/evil'],
]

/** Where a creation is mounted changes what is asked for, and never what `Location` says. */
export function describeTheMounting(kit: AdapterKit, harness: AdapterHarness, { describe, it }: Runner): void {
  if (harness.lacks?.prefix === undefined) {
    describe('mounted under a prefix', () => {
      it('answers there, sees the path that was asked for, and leaves Location as configured', async () => {
        await kit.mount({ prefix: PREFIX })
        const { status, headers } = await kit.post({ path: `${PREFIX}/parents/a%20b/things?dry=1` })
        assert.equal(status, 201)
        assert.equal(kit.seen().path, `${PREFIX}/parents/a%20b/things`)
        assert.equal(kit.seen().query, 'dry=1')
        assert.equal(kit.seen().params['parentId'], 'a b')
        assert.deepEqual(headers.get('location'), [`/parents/a%20b/things/${kit.things()[0]!.id}`])
      })

      it('replays there, and answers nowhere else', async () => {
        await kit.mount({ prefix: PREFIX })
        const send = () => kit.post({ path: `${PREFIX}/things`, headers: withKey('k-1') })
        const [first, retry] = [await send(), await send()]
        assert.deepEqual([first.status, retry.status, retry.body], [201, 201, first.body])
        assert.deepEqual(retry.headers.get('idempotent-replayed'), ['true'])
        assert.equal((await kit.post()).status, 404)
        assert.equal(kit.things().length, 1)
      })

      if (harness.refusals && harness.lacks?.otherMethods === undefined) {
        it('refuses other methods there', async () => {
          await kit.mount({ prefix: PREFIX })
          const other = await kit.post({ path: `${PREFIX}/things`, method: 'DELETE', headers: [] })
          assertProblem(other, 405, 'method-not-allowed')
        })
      }
    })
  }

  describe('behind a proxy', () => {
    it('answers a path as Location, whatever Host and the headers of proxies say', async () => {
      const { status, headers } = await kit.post({ headers: FORWARDED })
      assert.equal(status, 201)
      assert.deepEqual(headers.get('location'), [`/things/${kit.things()[0]!.id}`])
      assert.equal(kit.seen().path, '/things')
    })

    it('answers the public address with its prefix, where that is configured', async () => {
      const { status, headers } = await kit.post({ path: '/public/things', headers: FORWARDED })
      assert.equal(status, 201)
      assert.deepEqual(headers.get('location'), [`${PUBLIC_BASE_URL}/things/${kit.things()[0]!.id}`])
      const { body } = await kit.post({ path: '/public/things', headers: FORWARDED, body: '{"name":1}' })
      assert.equal((JSON.parse(body) as { type: string }).type, `${PUBLIC_BASE_URL}/problems/invalid-input`)
    })
  })
}
