import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StandardSchema } from '../../src/index.ts'
import { jsonSchema } from '../../src/schemas/json-schema.ts'
import { outcomeOf, pointersOf } from './refusal.ts'

// One body, one contract, four ways to write it. What differs between the libraries stands in the table.

interface Library {
  readonly name: string
  readonly refusing: StandardSchema
  readonly stripping: StandardSchema
  readonly waiting?: StandardSchema
  readonly transforming?: StandardSchema
  /** How many of two unknown members are named. */
  readonly unknownNamed: 1 | 2
}

const isFree = async (name: string) => name !== 'taken'

const zod: Library = {
  name: 'zod',
  refusing: z.strictObject({ name: z.string(), size: z.number(), 'a/b~c': z.object({ list: z.array(z.int()) }) }),
  stripping: z.object({ name: z.string() }),
  waiting: z.object({ name: z.string().refine(isFree, 'is taken') }),
  transforming: z.object({ size: z.string().transform(Number) }),
  unknownNamed: 2,
}

const valibot: Library = {
  name: 'valibot',
  refusing: v.strictObject({
    name: v.string(),
    size: v.number(),
    'a/b~c': v.object({ list: v.array(v.pipe(v.number(), v.integer())) }),
  }),
  stripping: v.object({ name: v.string() }),
  waiting: v.objectAsync({ name: v.pipeAsync(v.string(), v.checkAsync(isFree, 'is taken')) }),
  transforming: v.object({ size: v.pipe(v.string(), v.transform(Number)) }),
  unknownNamed: 1,
}

const arktype: Library = {
  name: 'arktype',
  refusing: type({ name: 'string', size: 'number', 'a/b~c': { list: 'number.integer[]' }, '+': 'reject' }),
  stripping: type({ name: 'string', '+': 'delete' }),
  transforming: type({ size: 'string.numeric.parse' }),
  unknownNamed: 2,
}

const schema = (properties: object) => ({ type: 'object', properties, required: Object.keys(properties) })
const list = { type: 'array', items: { type: 'integer' } }
const ajv: Library = {
  name: 'JSON Schema',
  refusing: jsonSchema(schema({ name: { type: 'string' }, size: { type: 'number' }, 'a/b~c': schema({ list }) })),
  stripping: jsonSchema(schema({ name: { type: 'string' } }), { unknown: 'strip' }),
  unknownNamed: 2,
}

const right = { name: 'tea', size: 1, 'a/b~c': { list: [1] } }

describe.each([zod, valibot, arktype, ajv])('$name', ({ refusing, stripping, waiting, transforming, unknownNamed }) => {
  it('takes what is right', async () => {
    expect(await outcomeOf(refusing, right)).toEqual({ value: right })
  })

  it('names every fault by its pointer: a wrong type, a missing member, an element behind a name with / and ~', async () => {
    const wrong = { name: 1, 'a/b~c': { list: [1, 1.5, 'x'] } }
    expect(await pointersOf(refusing, wrong)).toEqual(['/a~1b~0c/list/1', '/a~1b~0c/list/2', '/name', '/size'])
  })

  it('coerces nothing', async () => {
    expect(await pointersOf(refusing, { ...right, size: '1' })).toEqual(['/size'])
    expect(await pointersOf(refusing, { ...right, name: 1 })).toEqual(['/name'])
  })

  it('names an unknown member by its pointer where such are refused', async () => {
    const named = await pointersOf(refusing, { ...right, 'x/y': 1, z: 2 })
    expect(named).toEqual(['/x~1y', '/z'].slice(0, unknownNamed))
  })

  it('leaves an unknown member out where such are stripped, and does not touch what was sent', async () => {
    const sent = { name: 'tea', admin: true }
    expect(await outcomeOf(stripping, sent)).toEqual({ value: { name: 'tea' } })
    expect(sent).toEqual({ name: 'tea', admin: true })
  })

  it('tells the whole by an empty pointer', async () => {
    expect(await pointersOf(refusing, 'tea')).toEqual([''])
  })

  it.runIf(waiting)('waits for a validator that has to ask someone', async () => {
    expect(await outcomeOf(waiting!, { name: 'taken' })).toEqual({ errors: [{ pointer: '/name', detail: 'is taken' }] })
    expect(await outcomeOf(waiting!, { name: 'free' })).toEqual({ value: { name: 'free' } })
  })

  it.runIf(transforming)('hands the output of a transform to create', async () => {
    expect(await outcomeOf(transforming!, { size: '12' })).toEqual({ value: { size: 12 } })
  })
})

describe('the path of an issue', () => {
  const input = (path: readonly (PropertyKey | { readonly key: PropertyKey })[]): StandardSchema => ({
    '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'is wrong', path }] }) },
  })

  it.each([
    [['a', 0, 'b'], '/a/0/b'],
    [['~', '/', '~1'], '/~0/~1/~01'],
    [[{ key: 'a' }, { key: 2 }], '/a/2'],
    [[''], '/'],
    [[Symbol('s')], '/Symbol(s)'],
    [[], ''],
  ])('becomes a pointer, whatever its steps are: %#', async (path, pointer) => {
    expect(await pointersOf(input(path), {})).toEqual([pointer])
  })
})
