import { describe, expect, it } from 'vitest'
import { toInput } from '../../../src/serve/shape/shape.ts'
import { object } from './support.ts'

const text = { type: 'string' }

async function validate(schema: object, value: unknown, warn?: (what: string) => void) {
  return await toInput(schema as never, warn)['~standard'].validate(value)
}

describe('the input of a creation', () => {
  it('keeps members that the document does not name', async () => {
    expect(await validate(object({ item: text }), { item: 'tea', more: 1 })).toEqual({
      value: { item: 'tea', more: 1 },
    })
  })

  it('tells each fault with its place', async () => {
    const result = await validate(object({ item: text, qty: { type: 'integer' } }, ['item']), { qty: 'two' })
    expect(result.issues?.map(({ path }) => path)).toEqual(expect.arrayContaining([['item'], ['qty']]))
  })

  it('passes over what only the server sets, so that what was got can be sent back', async () => {
    const schema = object({
      id: { type: 'integer', readOnly: true },
      lines: { type: 'array', items: object({ no: { type: 'integer', readOnly: true }, item: text }) },
    })
    expect(await validate(schema, { id: 'x', lines: [{ no: 'y', item: 'tea' }] })).toEqual({
      value: { lines: [{ item: 'tea' }] },
    })
  })

  it('takes keywords and formats that nobody knows as saying nothing', async () => {
    const schema = object({
      item: { type: 'string', format: 'sku', xml: {}, 'x-order': 1, faker: 'name' },
      kind: { minLength: 2 },
      pet: { discriminator: { propertyName: 'kind' } },
    })
    expect(await validate(schema, { item: 'tea', kind: 'ab', pet: {} })).toHaveProperty('value')
    expect(await validate(schema, { kind: 'a' })).toHaveProperty('issues')
  })

  it('reads patterns in the old grammar of ECMA-262', async () => {
    const schema = object({ item: { type: 'string', pattern: '^[\\w-.]+$' } })
    expect(await validate(schema, { item: 'a-b.c' })).toHaveProperty('value')
    expect(await validate(schema, { item: 'a b' })).toHaveProperty('issues')
  })

  it('leaves out what cannot be checked, and says so', async () => {
    const warnings: string[] = []
    const schema = object({ item: { type: 'string', pattern: '(?i)[a-z]', minLength: '2' }, old: { required: true } })
    expect(await validate(schema, { item: '1' }, (what) => warnings.push(what))).toHaveProperty('value')
    expect(warnings.map((one) => one.split(' ')[0])).toEqual([
      '/properties/item/pattern',
      '/properties/item/minLength',
      '/properties/old/required',
    ])
  })

  it('compiles nothing before the first body', () => {
    let looked = 0
    const schema = new Proxy(object({}), {
      ownKeys: (target) => {
        looked++
        return Reflect.ownKeys(target)
      },
    })
    const input = toInput(schema)
    expect(looked).toBe(0)
    input['~standard'].validate({})
    expect(looked).toBeGreaterThan(0)
  })
})
