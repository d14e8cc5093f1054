import { describe, expect, it } from 'vitest'
import { requestIdOf, traceIdOf } from '../../src/observe/index.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

describe('traceparent', () => {
  it.each([
    `00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-00`,
    `00-${TRACE}-${SPAN}-03`,
    `cc-${TRACE}-${SPAN}-01`,
    `cc-${TRACE}-${SPAN}-01-what-comes-later`,
  ])('names the trace: %s', (header) => expect(traceIdOf(header)).toBe(TRACE))

  it.each([
    undefined,
    '',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `cc-${TRACE}-${SPAN}-01.more`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
    ` 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
    `cc-${TRACE}-${SPAN}-01-${'x'.repeat(1_000)}`,
  ])('names none where it is not well-formed: %s', (header) => expect(traceIdOf(header)).toBeUndefined())
})

describe('the id of a request', () => {
  it.each(['7b1a7f0e-3c5e-4d0c-9f4b-2f1f0c5a9f10', 'Root=1-67891233-abcdef012345678912345678', 'x'.repeat(128)])(
    'is the one of X-Request-Id: %s',
    (id) => expect(requestIdOf({ 'x-request-id': id })).toBe(id),
  )

  it.each([undefined, '', 'a b', 'a"b', 'a\nb', 'a\u001b[2J', 'x'.repeat(129), 'one, two', 'é'])(
    'is a new one where that is none, or not to be trusted: %j',
    (id) => {
      const made = requestIdOf({ 'x-request-id': id })
      expect(made).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)
      expect(requestIdOf({ 'x-request-id': id })).not.toBe(made)
    },
  )
})
