import { describe, expect, it } from 'vitest'
import { readHar, TargetError, targetFromRecording } from '../../src/index.ts'

const har = (...entries: unknown[]) => JSON.stringify({ log: { entries } })
const entry = (method: string, path: string, response: object, more: object = {}) => ({
  startedDateTime: '2025-01-01T00:00:00.000Z',
  time: 3,
  request: { method, url: `http://shop.test${path}`, headers: [] },
  response: { headers: [], content: { size: 0 }, ...response },
  ...more,
})

function faultOf(read: () => unknown): TargetError {
  try {
    read()
  } catch (error) {
    if (error instanceof TargetError) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('a HAR file', () => {
  it('is read in the order of sending, whatever its own', () => {
    const late = entry('GET', '/b', { status: 200 }, { startedDateTime: '2025-01-01T00:00:01.000Z' })
    const { exchanges } = readHar(har(late, entry('GET', '/a', { status: 200 })), 'x.har')
    expect(exchanges.map(({ id, request }) => [id, request.url])).toEqual([
      [1, 'http://shop.test/a'],
      [2, 'http://shop.test/b'],
    ])
  })

  it('may have a byte order mark, content in base64, and header lines of HTTP/2', () => {
    const text = Buffer.from('{"id":1}').toString('base64')
    const headers = [
      { name: ':status', value: '200' },
      { name: 'set-cookie', value: 'a=1\nb=2' },
    ]
    const { exchanges } = readHar(
      `\uFEFF${har(entry('GET', '/a', { status: 200, headers, content: { size: 8, text, encoding: 'base64' } }))}`,
      'x.har',
    )
    expect(exchanges[0]?.response).toMatchObject({
      body: '{"id":1}',
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    })
  })

  it('says how many exchanges cannot be used, and why', () => {
    const { exchanges, warnings } = readHar(
      har(
        entry('GET', '/a', { status: 0 }),
        entry('GET', '/a', { status: 200, content: { size: 12 } }),
        { request: {} },
        entry('GET', '/a', { status: 204 }),
      ),
      'x.har',
    )
    expect(exchanges).toHaveLength(1)
    expect(warnings).toEqual([
      '1 of 4 recorded exchanges are unanswered, and are not used.',
      '1 of 4 recorded exchanges are without their content, and are not used.',
      '1 of 4 recorded exchanges are unreadable, and are not used.',
    ])
  })

  it.each([
    ['no JSON', '{"log":', /^x\.har is no JSON: /],
    ['no archive', '{"openapi":"3.1.0"}', /^x\.har is no HTTP Archive: it has no log\.entries\.$/],
    ['nothing', 'null', /^x\.har is no HTTP Archive/],
  ])('that is %s is refused', (_, text, message) => {
    expect(faultOf(() => readHar(text, 'x.har'))).toMatchObject({
      code: 'unparseable',
      message: expect.stringMatching(message),
    })
  })

  it('without a creation is refused, and says what was seen', () => {
    const search = entry('POST', '/orders/search', { status: 200, content: { size: 2, text: '[]' } })
    const fault = faultOf(() => targetFromRecording(readHar(har(search), 'x.har')))
    expect(fault.code).toBe('no-creation')
    expect(fault.seen.join('\n')).toMatch(/POST \/orders\/search: it answers 200 with a list/)
  })
})

describe('the paths of recorded traffic', () => {
  const created = (path: string, body: object) =>
    entry('POST', path, { status: 201, content: { size: 1, text: JSON.stringify(body) } })
  const read = (path: string) => entry('GET', path, { status: 200, content: { size: 2, text: '{}' } })
  const pathsOf = (...entries: unknown[]) =>
    targetFromRecording(readHar(har(...entries), 'x.har')).creations.map(({ path, read }) => [path, read?.path])

  it.each([
    ['numbers', '17'],
    ['UUIDs', '0190b1f0-7c1e-7000-8000-0123456789ab'],
    ['ULIDs', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['ids of MongoDB', '507f1f77bcf86cd799439011'],
    ['slugs that an answer named', 'a-blue-teapot'],
  ])('have parameters where they have %s', (_, id) => {
    expect(pathsOf(created('/orders', { id }), read(`/orders/${id}`))).toEqual([['/orders', '/orders/{orderId}']])
  })

  it('are one for many parents', () => {
    expect(
      pathsOf(created('/orders/1/lines', { id: 5 }), created('/orders/2/lines', { id: 6 }), read('/orders/1/lines/5')),
    ).toEqual([['/orders/{orderId}/lines', '/orders/{orderId}/lines/{lineId}']])
  })

  it('do not take a version for an id', () => {
    expect(pathsOf(created('/2/orders', { id: 5 }))).toEqual([['/2/orders', undefined]])
  })
})
