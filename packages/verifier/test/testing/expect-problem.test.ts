import { AssertionError } from 'node:assert'
import { describe, expect, it } from 'vitest'
import { expectProblem } from '../../src/testing/index.ts'

const problem = (changed: object = {}, headers: object = {}) => {
  const body = { type: 'https://api.example/problems/invalid-input', title: 'Invalid', status: 400, ...changed }
  return { status: 400, headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers }, body }
}
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => Promise.reject(new Error('It did not throw.')),
    (error) => error,
  )

describe('expectProblem', () => {
  const errors = [
    { pointer: '#/quantity', detail: 'is too small' },
    { pointer: '/item', detail: 'is missing' },
  ]

  it.each([
    ['nothing', undefined],
    ['its code', 'invalid-input'],
    ['its status', 400],
    ['all of it', { code: 'invalid-input', status: 400, pointers: ['/item', '#/quantity'] }],
  ])('is content with a problem of which the test says %s', async (_, expected) => {
    expect(await expectProblem(problem({ errors, detail: 'See errors.' }), expected)).toMatchObject({
      status: 400,
      code: 'invalid-input',
      title: 'Invalid',
      detail: 'See errors.',
      pointers: ['/quantity', '/item'],
      body: { errors },
    })
  })

  it.each([
    ['/problems/busy', 'busy'],
    ['https://api.example/problems#busy', 'busy'],
    ['urn:problem:busy', 'busy'],
    ['busy', 'busy'],
    ['about:blank', ''],
  ])('reads the code out of the type %s', async (type, code) => {
    expect((await expectProblem(problem({ type }))).code).toBe(code)
  })

  it('reads how long to wait', async () => {
    expect((await expectProblem(problem({}, { 'retry-after': '2' }))).retryAfter).toBe(2)
    expect((await expectProblem(problem({}, { 'retry-after': 'soon' }))).retryAfter).toBeUndefined()
  })

  it.each([
    ['another status', problem(), 409, /The status is 400, and 409 was expected/],
    ['no error', { ...problem({ status: 200 }), status: 200 }, {}, /The status is 200, and 400 or more was expected/],
    [
      'another code',
      problem(),
      'input',
      /The type is ".*invalid-input", and one that ends in "input" was expected \(RFC 9457 §3\.1\.1\)/,
    ],
    [
      'another media type',
      problem({}, { 'content-type': 'application/json' }),
      400,
      /"application\/json", and application\/problem\+json was expected \(RFC 9457 §3\)[\s\S]*fixes\/errors-as-500\.md/,
    ],
    ['a status that contradicts', problem({ status: 500 }), 400, /status is 500 in an answer with status 400/],
    ['a title that is no text', problem({ title: 7 }), 400, /title is no text/],
    ['content that is no object', { ...problem(), body: '[]' }, 400, /the content is no JSON object/],
    [
      'a pointer that is missing',
      problem({ errors }),
      { pointers: ['/item', '/size', '/quantity'] },
      /No error points to "\/size"/,
    ],
    [
      'a pointer too many',
      problem({ errors }),
      { pointers: ['/item'] },
      /An error points to "\/quantity", which was not expected/,
    ],
    ['pointers where there are none', problem(), { pointers: ['/item'] }, /No error points to "\/item"/],
  ])('fails for %s', async (_, response, expected, message) => {
    const error = await failure(expectProblem(response, expected))
    expect(error).toBeInstanceOf(AssertionError)
    expect(error.message).toMatch(message)
  })
})
