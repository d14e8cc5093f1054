import { describe, expect, it } from 'vitest'
import { readBody } from '../../src/creation/read-body.ts'

const reading = (bytes: Uint8Array) => readBody(100, { kind: 'raw', bytes })

describe('a body in bytes', () => {
  it('that is no UTF-8 is refused, also inside a string, where it would be replaced silently', () => {
    const broken = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
    expect(reading(broken)).toMatchObject({
      kind: 'rejected',
      code: 'malformed-body',
      detail: 'The body is not valid UTF-8.',
    })
  })

  it('may hold the character that stands for broken bytes elsewhere', () => {
    expect(reading(Buffer.from('{"name":"\ufffd"}'))).toMatchObject({ kind: 'read', value: { name: '\ufffd' } })
  })

  it('is read from its own part of a larger buffer', () => {
    const large = new TextEncoder().encode('xx{"name":"tea"}yy')
    expect(reading(large.subarray(2, -2))).toMatchObject({ kind: 'read', value: { name: 'tea' } })
  })

  it('that is too large is refused before it is read', () => {
    expect(reading(Buffer.alloc(101, ' '))).toMatchObject({ kind: 'rejected', code: 'content-too-large' })
  })
})
