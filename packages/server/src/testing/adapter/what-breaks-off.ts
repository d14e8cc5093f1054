import assert from 'node:assert/strict'
import type { Runner } from '../runner.ts'
import { type AdapterKit, JSON_TYPE } from './adapter-kit.ts'
import { beginRequest } from './begin-request.ts'

// All of it is valid JSON, so that only the framing says that something is missing.
const SENT = { headers: [JSON_TYPE], sent: '{"name":"tea"}' }

/** A body that stops in the middle is no body. */
export function describeWhatBreaksOff(kit: AdapterKit, { describe, it }: Runner): void {
  describe('a body that stops in the middle', () => {
    for (const [how, framing] of [
      ['before its length is reached', { contentLength: 100 }],
      ['before its last chunk', {}],
    ] as const) {
      it(`${how} creates nothing, and the service stays up`, async () => {
        const origin = await kit.origin()
        // First those that the server has seen end, so that what it makes of them is made before the question.
        for (const ending of ['end', 'destroy'] as const) {
          const begun = await beginRequest(origin, { ...SENT, ...framing })
          await begun[ending]()
        }
        assert.equal((await kit.post({ body: '{"name":"coffee"}' })).status, 201)
        assert.deepEqual(
          kit.things().map(({ name }) => name),
          ['coffee'],
        )
      })
    }
  })
}
