import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeContent } from '../../src/http/encode-content.ts'

const form = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data'
const read = async (body: unknown, mediaType: string) => {
  const { content, type } = encodeContent(body, mediaType)
  // An independent reader: the one that is built into Node.
  return [...(await new Response(content, { headers: { 'Content-Type': type } }).formData()).entries()]
}

describe.each([form, multipart])('content as %s', (mediaType) => {
  it('repeats the name of a list, writes objects as JSON, and leaves out what is null', async () => {
    const body = { name: 'tea & "milk"', qty: 2, hot: true, tags: ['a', 'b'], size: { ml: 250 }, note: null }
    expect(await read(body, mediaType)).toEqual([
      ['name', 'tea & "milk"'],
      ['qty', '2'],
      ['hot', 'true'],
      ['tags', 'a'],
      ['tags', 'b'],
      ['size', '{"ml":250}'],
    ])
  })

  it('carries every text unchanged', async () => {
    // Forms write every line end as CRLF, so that others cannot come back.
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[\r\n]/.test(one))
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await read({ value }, mediaType)).toEqual([['value', value]])
      }),
    )
  })
})

describe('a part of multipart content', () => {
  it('says that it is JSON where it is an object, and nothing where it is text', () => {
    const { content } = encodeContent({ size: { ml: 250 }, items: [{ of: { deep: [1] } }], name: 'tea' }, multipart)
    const heads = content.split('\r\n--').map((part) => part.split('\r\n\r\n')[0]?.split('\r\n').slice(2))
    expect(heads.slice(0, 3)).toEqual([['Content-Type: application/json'], ['Content-Type: application/json'], []])
    expect(content).toContain('\r\n\r\n{"of":{"deep":[1]}}\r\n')
  })
})

describe('other content', () => {
  it('is JSON', () => {
    expect(encodeContent({ a: 1 }, 'application/json')).toEqual({ content: '{"a":1}', type: 'application/json' })
  })
  it('is empty where there is no body', () => {
    expect(encodeContent(undefined, form)).toEqual({ content: '', type: form })
  })
})
