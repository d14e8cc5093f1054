import { describe, expect, it } from 'vitest'
import type { CreationRequest } from '../../src/creation/creation-request.ts'
import { askedBy, isVerbatim } from '../../src/idempotency/verbatim.ts'

const request = (changed: Partial<CreationRequest> = {}, text = '{"item":"tea"}'): CreationRequest => ({
  method: 'POST',
  path: '/orders',
  query: '',
  params: {},
  headers: {},
  body: { kind: 'raw', bytes: Buffer.from(text) },
  requestId: 'r1',
  native: undefined,
  ...changed,
})

describe('a repeated request', () => {
  const asked = askedBy(request())

  it('is known by its bytes', () => {
    expect(isVerbatim(asked, request())).toBe(true)
  })

  it.each<[string, CreationRequest]>([
    ['a body with one byte more', request({}, '{"item":"tea"} ')],
    ['a body of the same length', request({}, '{"item":"cup"}')],
    ['another method', request({ method: 'PUT' })],
    ['another path', request({ path: '/orders/' })],
    ['another query', request({ query: 'a=1' })],
    ['a body that was parsed before', request({ body: { kind: 'parsed', value: { item: 'tea' } } })],
    ['no body', request({ body: { kind: 'absent' } })],
  ])('is not known by %s', (_what, other) => {
    expect(isVerbatim(asked, other)).toBe(false)
  })

  it('cannot be known where the bytes of the first were not at hand', () => {
    const parsed = request({ body: { kind: 'parsed', value: { item: 'tea' } } })
    expect(askedBy(parsed)).toBeUndefined()
    expect(isVerbatim(undefined, request())).toBe(false)
  })

  it('is compared with a copy, since a framework may use its buffer again', () => {
    const bytes = Buffer.from('{"item":"tea"}')
    const first = askedBy(request({ body: { kind: 'raw', bytes } }))
    bytes.fill(0)
    expect(isVerbatim(first, request())).toBe(true)
  })
})
