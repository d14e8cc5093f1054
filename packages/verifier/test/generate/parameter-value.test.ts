import { describe, expect, it } from 'vitest'
import { createFresh } from '../../src/generate/fresh.ts'
import { parameterValue } from '../../src/generate/parameter-value.ts'

describe('the value of a parameter', () => {
  it('is new each time, because PUT creates under it', () => {
    const fresh = createFresh(7)
    const parameter = { name: 'fileName', in: 'path', required: true, schema: { type: 'string' } } as const
    expect(parameterValue(parameter, fresh)).not.toBe(parameterValue(parameter, fresh))
  })

  it('follows its schema', () => {
    const schema = { type: 'string', pattern: '^[A-Z]{3}$' }
    expect(parameterValue({ name: 'code', in: 'path', required: true, schema }, createFresh(7))).toMatch(/^[A-Z]{3}$/)
  })

  it('is text, whatever its type', () => {
    const parameter = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } } as const
    expect(parameterValue(parameter, createFresh(7))).toMatch(/^\d+$/)
  })
})
