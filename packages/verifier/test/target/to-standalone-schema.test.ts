import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/target/compile-schema.ts'
import { toStandaloneSchema } from '../../src/target/to-standalone-schema.ts'

function request(schema: unknown, schemas: Record<string, unknown> = {}) {
  return toStandaloneSchema({ components: { schemas } }, schema, 'request')
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })

describe('a schema that is cut out of its document', () => {
  it('compiles alone, circles included', () => {
    const node = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, next: reference('Node') },
    }
    const { schema, broken } = request(reference('Node'), { Node: node })
    expect(broken).toEqual([])
    const { accepts } = compileSchema(schema)
    expect(accepts({ name: 'a', next: { name: 'b', next: { name: 'c' } } })).toBe(true)
    expect(accepts({ name: 'a', next: { name: 'b', next: {} } })).toBe(false)
  })

  it('shows its own keywords at the root', () => {
    expect(
      request(reference('Book'), { Book: { type: 'object', properties: { a: { type: 'string' } } } }).schema,
    ).toEqual({
      type: 'object',
      properties: { a: { type: 'string' } },
    })
  })

  it('keeps two schemas of one name apart', () => {
    const { schema } = toStandaloneSchema(
      { a: { Item: { type: 'string' } }, b: { Item: { type: 'integer' } } },
      { properties: { x: { $ref: '#/a/Item' }, y: { $ref: '#/b/Item' } } },
      'request',
    )
    expect(compileSchema(schema).accepts({ x: 'text', y: 1 })).toBe(true)
    expect(compileSchema(schema).accepts({ x: 1, y: 'text' })).toBe(false)
  })

  it('names references that point nowhere', () => {
    expect(request({ properties: { a: reference('Missing') } }).broken).toEqual(['#/components/schemas/Missing'])
  })

  it('does not require what only the server sends', () => {
    const schema = { required: ['id', 'name'], properties: { id: reference('Id'), name: {} } }
    expect(request(schema, { Id: { type: 'string', readOnly: true } }).schema['required']).toEqual(['name'])
  })

  it('does not require of an answer what only the client sends', () => {
    const schema = { required: ['password', 'name'], properties: { password: { writeOnly: true }, name: {} } }
    expect(toStandaloneSchema({}, schema, 'response').schema['required']).toEqual(['name'])
  })
})

describe('a schema of an older version', () => {
  it.each([
    ['a nullable type', { type: 'string', nullable: true }],
    ['x-nullable', { type: 'string', 'x-nullable': true }],
    ['a nullable reference', { nullable: true, ...reference('Text') }],
    ['a nullable allOf', { nullable: true, allOf: [reference('Text')] }],
    ['a nullable enum', { type: 'string', nullable: true, enum: ['text'] }],
  ])('accepts null and text for %s', (_, schema) => {
    const { accepts } = compileSchema(request({ properties: { a: schema } }, { Text: { type: 'string' } }).schema)
    expect(accepts({ a: null })).toBe(true)
    expect(accepts({ a: 'text' })).toBe(true)
    expect(accepts({ a: 1 })).toBe(false)
  })

  it('excludes a limit as 3.0 said it', () => {
    const { accepts } = compileSchema(request({ type: 'number', minimum: 0, exclusiveMinimum: true }).schema)
    expect([accepts(0), accepts(0.1)]).toEqual([false, true])
  })

  it('keeps properties that are named like keywords', () => {
    const properties = { example: { type: 'string' }, nullable: { type: 'boolean' }, required: { type: 'integer' } }
    expect(request({ type: 'object', properties }).schema).toEqual({ type: 'object', properties })
  })

  it('leaves out what no validator could use', () => {
    const schema = {
      type: 'any',
      required: true,
      pattern: '(?i)[',
      minLength: '3',
      properties: { a: { type: 'string', required: true } },
    }
    expect(() => compileSchema(request(schema).schema).accepts({})).not.toThrow()
  })

  it('accepts money as a multiple of cents', () => {
    expect(compileSchema(request({ type: 'number', multipleOf: 0.01 }).schema).accepts(73.43)).toBe(true)
  })

  it('tells the branches of a discriminator apart', () => {
    const schemas = {
      Cat: { type: 'object', properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
      Dog: { type: 'object', properties: { kind: { type: 'string' } } },
    }
    const { schema } = request(
      {
        oneOf: [reference('Cat'), reference('Dog')],
        discriminator: {
          propertyName: 'kind',
          mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
        },
      },
      schemas,
    )
    const { accepts } = compileSchema(schema)
    expect([accepts({ kind: 'cat' }), accepts({ kind: 'dog' }), accepts({ kind: 'Cat' })]).toEqual([true, true, false])
  })
})
