import { AssertionError } from 'node:assert'
import { describe, expect, it } from 'vitest'
import { expectReplayOf } from '../../src/testing/index.ts'
import { createItems } from './items.ts'

const answer = (headers: object = {}, body: unknown = { id: 1 }, status = 201) => ({
  status,
  headers: { location: '/items/1', 'content-type': 'application/json', ...headers },
  body,
})
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => Promise.reject(new Error('It did not throw.')),
    (error) => error,
  )

describe('expectReplayOf', () => {
  it('is content with what a service answers to a retry, and with its mark', async () => {
    const { answer: ask } = createItems()
    const post = () =>
      ask({
        method: 'POST',
        path: '/items',
        contentType: 'application/json',
        key: 'k1',
        text: '{"name":"tea","amount":2}',
      })
    const [first, retry, again] = [post(), post(), post()]
    await expectReplayOf(first, retry)
    await expectReplayOf(first, retry, { marked: true })
    await expectReplayOf(first, retry, { marked: 'idempotent-replayed' })
    expect((await failure(expectReplayOf(first, retry, { marked: false }))).message).toMatch(/is marked by/)
    expect((await failure(expectReplayOf(retry, again, { marked: true }))).message).toMatch(/was a replay itself/)
    expect((await failure(expectReplayOf(first, post(), { marked: 'X-Cache-Hit' }))).message).toMatch(
      /not marked by X-Cache-Hit/,
    )
  })

  it('takes other order of members and other Content-Type parameters for the same answer', async () => {
    const first = answer({}, '{"a":1,"b":2}')
    await expectReplayOf(first, answer({ 'content-type': 'application/json; charset=utf-8' }, '{"b":2,"a":1}'))
  })

  it.each([
    ['another status', answer({}, { id: 1 }, 200), /status is 200 in the second answer, and 201 in the first/],
    [
      'another Location',
      answer({ location: '/items/2' }),
      /Location is "\/items\/2" in the second answer, and "\/items\/1"/,
    ],
    ['no Location', answer({ location: undefined }), /Location is absent in the second answer/],
    ['another media type', answer({ 'content-type': 'text/html' }), /Content-Type is "text\/html"/],
    [
      'another body',
      answer({}, { id: 2 }),
      /\/id is 2 in the second answer, and 1 in the first[\s\S]*fixes\/key-ignored\.md/,
    ],
    ['null in place of nothing', answer({}, { id: 1, note: null }), /The body is/],
  ])('fails for %s', async (_, second, message) => {
    const error = await failure(expectReplayOf(answer(), second))
    expect(error).toBeInstanceOf(AssertionError)
    expect(error.message).toMatch(message)
  })

  it('fails where the first answer was a refusal: nothing was replayed', async () => {
    const refused = () => answer({}, {}, 422)
    expect((await failure(expectReplayOf(refused(), refused()))).message).toMatch(/there was nothing to be replayed/)
  })

  it('throws a TypeError for one response twice, which would always be the same', async () => {
    const one = answer()
    expect(await failure(expectReplayOf(one, one))).toBeInstanceOf(TypeError)
  })
})
