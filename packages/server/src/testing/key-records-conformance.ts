import { deepStrictEqual, strictEqual } from 'node:assert'
import type { KeyRecord, KeyRecords } from '../idempotency/key-records.ts'
import { scopeOf } from '../idempotency/scope.ts'
import type { Claim, KeyName, RecordedAnswer, Store } from '../idempotency/store.ts'
import type { Runner } from './runner.ts'

/** A store, and an operator's way to its records. */
export interface OpenKeyRecords {
  readonly store: Pick<Store<unknown>, 'once'>
  readonly records: KeyRecords
  dispose(): Promise<void>
}

const RETENTION_MS = 60_000
const ANSWER: RecordedAnswer = { status: 201, headers: { location: '/things/1' }, body: '{"name":"tea"}' }

/** What an operator relies on, whichever store the records are in. */
export function describeKeyRecords(
  harness: { readonly name: string; open(now: () => number): Promise<OpenKeyRecords> },
  { afterEach, beforeEach, describe, it }: Runner,
): void {
  describe(`the key records of ${harness.name}`, () => {
    let now = Date.now()
    let opened: OpenKeyRecords
    beforeEach(async () => {
      now = Date.now()
      opened = await harness.open(() => now)
    })
    afterEach(() => opened.dispose())

    const claimOf = ({ principal, operation, key }: KeyName): Claim => ({
      scope: scopeOf(principal, operation),
      key,
      fingerprint: 'f1',
      retentionMs: RETENTION_MS,
      onCrash: 'block',
    })
    const record = (name: KeyName, answer = ANSWER) =>
      opened.store.once(claimOf(name), async () => ({ kind: 'commit', result: undefined, answer }))
    const ada: KeyName = { principal: 'ada', operation: 'createThing', key: 'one' }

    async function all(): Promise<KeyRecord[]> {
      const seen = new Map<string, KeyRecord>()
      for await (const page of opened.records.pages()) {
        for (const one of page) seen.set(JSON.stringify([one.principal, one.operation, one.key]), one)
      }
      return [...seen.values()]
    }

    it('are none at first', async () => {
      deepStrictEqual(await all(), [])
      strictEqual(await opened.records.find(ada), undefined)
    })

    it('name principal, operation and key as they were, whatever stands in them', async () => {
      const names = [
        { principal: 'a"b\\ c', operation: 'POST /things', key: "it's" },
        { principal: 'ü\n" createThing', operation: 'createThing', key: '\\' },
      ]
      for (const name of names) await record(name)
      const seen = (await all()).map(({ principal, operation, key }) => ({ principal, operation, key }))
      const byKey = (list: readonly KeyName[]) => [...list].sort((one, other) => (one.key < other.key ? -1 : 1))
      deepStrictEqual(byKey(seen), byKey(names))
      for (const name of names) strictEqual((await opened.records.find(name))?.principal, name.principal)
    })

    it('show no answer in a page, and the recorded one when one is looked for', async () => {
      await record(ada)
      const [listed] = await all()
      strictEqual('answer' in listed!, false)
      strictEqual(listed!.state, 'completed')
      strictEqual(listed!.fingerprint, 'f1')
      deepStrictEqual((await opened.records.find(ada))?.answer, ANSWER)
    })

    it('tell an answer without a body from an empty one', async () => {
      await record(ada, { status: 200, headers: {} })
      await record({ ...ada, key: 'two' }, { status: 200, headers: {}, body: '' })
      deepStrictEqual((await opened.records.find(ada))?.answer, { status: 200, headers: {} })
      strictEqual((await opened.records.find({ ...ada, key: 'two' }))?.answer?.body, '')
    })

    it('are expired from the end of their retention on', async () => {
      await record(ada)
      const { expiresAt } = (await opened.records.find(ada))!
      now = expiresAt - 1
      strictEqual((await opened.records.find(ada))?.state, 'completed')
      now = expiresAt
      strictEqual((await opened.records.find(ada))?.state, 'expired')
      strictEqual((await all())[0]?.state, 'expired')
    })

    it('are all there, beyond one page', async () => {
      for (let from = 0; from < 1_200; from += 300) {
        await Promise.all(Array.from({ length: 300 }, (_, index) => record({ ...ada, key: `key ${from + index}` })))
      }
      strictEqual((await all()).length, 1_200)
    })

    it('are not released when they are finished, and not when nothing is known of them', async () => {
      deepStrictEqual(await opened.records.release(ada), { kind: 'absent' })
      await record(ada)
      deepStrictEqual(await opened.records.release(ada), { kind: 'finished' })
      strictEqual((await opened.records.find(ada))?.state, 'completed')
    })

    it('are erased by principal, and nobody else is touched', async () => {
      await record(ada)
      await record({ ...ada, operation: 'createOther' })
      await record({ ...ada, principal: 'adam' })
      strictEqual(await opened.records.erase({ principal: 'ada' }), 2)
      deepStrictEqual(
        (await all()).map(({ principal }) => principal),
        ['adam'],
      )
    })
  })
}
