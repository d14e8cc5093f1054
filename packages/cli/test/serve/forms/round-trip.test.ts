import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeContent } from '../../../../verifier/src/http/encode-content.ts'
import { formToJson } from '../../../src/serve/forms/form-to-json.ts'
import { readMultipart } from '../../../src/serve/forms/read-multipart.ts'
import { readUrlencoded } from '../../../src/serve/forms/read-urlencoded.ts'

interface Case {
  readonly properties: Record<string, object>
  readonly value: Record<string, unknown>
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))

/** A value together with its schema. */
const scalar = fc.oneof(
  text.map((value) => ({ schema: { type: 'string' }, value })),
  fc.maxSafeInteger().map((value) => ({ schema: { type: 'integer' }, value })),
  number.map((value) => ({ schema: { type: 'number' }, value })),
  fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
)
const listOf = (item: { schema: { type: string } }, values: fc.Arbitrary<unknown>) =>
  fc
    .array(values, { minLength: 1, maxLength: 4 })
    .map((value) => ({ schema: { type: 'array', items: item.schema }, value }))
const list = fc.oneof(
  listOf({ schema: { type: 'string' } }, text),
  listOf({ schema: { type: 'integer' } }, fc.maxSafeInteger()),
  listOf({ schema: { type: 'boolean' } }, fc.boolean()),
)
const inner = fc.record({ city: text, floor: fc.integer(), tags: fc.array(text, { minLength: 1, maxLength: 3 }) })
const address = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    floor: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
  },
}
const object = inner.map((value) => ({ schema: address, value }))

// A name without content belongs to no part; \r and \n are escaped by browsers, which a name that is spelled so cannot be told from.
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
  .filter((value) => !/%0[AD]|%22|\\|^\s|\s$/i.test(value))

const cases: fc.Arbitrary<Case> = fc
  .dictionary(name, fc.oneof(scalar, list, object), { minKeys: 1, maxKeys: 6, noNullPrototype: true })
  .map((members) => ({
    properties: Object.fromEntries(Object.entries(members).map(([key, { schema }]) => [key, schema])),
    value: Object.fromEntries(Object.entries(members).map(([key, { value }]) => [key, value])),
  }))

async function readBack({ properties, value }: Case, mediaType: string, deep: readonly string[] = []) {
  const { content, type } = encodeContent(value, mediaType, deep)
  const bytes = Buffer.from(content)
  const read = type.startsWith('multipart') ? await readMultipart(bytes, type) : readUrlencoded(bytes)
  if (read.kind !== 'fields') return read
  const json = formToJson(read.fields, {
    schema: { type: 'object', properties },
    styles: new Map(deep.map((member) => [member, { isDeep: true, delimiter: undefined }])),
  })
  return json.kind === 'json' ? (JSON.parse(json.text) as unknown) : json
}

describe.each(['application/x-www-form-urlencoded', 'multipart/form-data'])('what the verifier sends as %s', (type) => {
  it('is read as the object that it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        expect(await readBack(one, type)).toEqual(one.value)
      }),
      { numRuns: 150 },
    )
  })

  it('is read so where objects are spelled out in the names', async () => {
    await fc.assert(
      fc.asyncProperty(inner, async (value) => {
        expect(await readBack({ properties: { address }, value: { address: value } }, type, ['address'])).toEqual({
          address: value,
        })
      }),
    )
  })
})

describe('any bytes', () => {
  it('are a form, or are refused: nothing is thrown, nothing waits for ever', async () => {
    const head = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
    const spoilt = fc.array(
      fc.oneof(fc.uint8Array(), fc.constantFrom(head, '--b', '--b--', '\r\n', '\r\n\r\n', '%', '&', '=', '[', ']')),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(spoilt, async (parts) => {
        const bytes = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
        for (const read of [readUrlencoded(bytes), await readMultipart(bytes, 'multipart/form-data; boundary=b')]) {
          if (read.kind !== 'fields') continue
          const json = formToJson(read.fields, { schema: { type: 'object' }, styles: new Map() })
          if (json.kind === 'json') expect(JSON.parse(json.text)).toBeTypeOf('object')
        }
      }),
      { numRuns: 200 },
    )
  })
})
