import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseKey } from '../../src/idempotency/key.ts'
import { type OpenApiObject, toOperation } from '../../src/openapi/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { codesOf, define, emptyDocument, faultsOf, NO_FAULTS, order } from './define.ts'

const parameter = (operation: OpenApiObject, name: string): OpenApiObject =>
  operation['parameters'].find((one: OpenApiObject) => one['name'] === name)
const headers = (operation: OpenApiObject, status: number): string[] =>
  Object.keys(operation['responses'][status].headers ?? {})
const leased = { ...memoryStore(), guarantee: 'leased' as const }

describe('the operation of a creation', () => {
  it('has the name of the creation, and what the author says of it', () => {
    const openapi = {
      summary: 'Order',
      description: 'Orders *one* item.',
      tags: ['orders'],
      deprecated: true,
      security: [{ bearer: [] }],
    }
    expect(toOperation(define({ openapi }))).toMatchObject({ operationId: 'createOrder', ...openapi })
    expect(toOperation(define())).not.toHaveProperty('summary')
  })

  it('takes JSON of the schema of the input, with examples', () => {
    const examples = { tea: { summary: 'Tea', input: { item: 'tea' }, representation: { id: '1', item: 'tea' } } }
    const operation = toOperation(define({ openapi: { examples, representation: order } }))
    const body = operation['requestBody']
    expect(body.required).toBe(true)
    expect(body.content['application/json']).toEqual({
      schema: {
        type: 'object',
        properties: { item: { type: 'string', minLength: 1, maxLength: 40 } },
        required: ['item'],
        additionalProperties: false,
      },
      examples: { tea: { summary: 'Tea', value: { item: 'tea' } } },
    })
    const answered = operation['responses'][201].content['application/json']
    expect(answered.schema).toMatchObject({ required: ['id', 'item'] })
    expect(answered.examples).toEqual({ tea: { summary: 'Tea', value: { id: '1', item: 'tea' } } })
  })

  it('says what the answer holds only where that is known', () => {
    expect(toOperation(define())['responses'][201].content).toEqual({ 'application/json': {} })
  })

  it('declares the parameters of the path, unless the author describes them', () => {
    const path = '/shops/{shopId}/orders'
    const bare = toOperation(define(), { path })
    expect(parameter(bare, 'shopId')).toEqual({
      name: 'shopId',
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })
    const shopId = { name: 'shopId', in: 'path', required: true, description: 'The shop.', schema: { type: 'integer' } }
    const told = toOperation(define({ openapi: { parameters: [shopId] } }), { path })
    expect(told['parameters'].filter((one: OpenApiObject) => one['name'] === 'shopId')).toEqual([shopId])
  })

  it('answers 201 with Location, and with ETag, replay and preference where there are such', () => {
    const plain = toOperation(define({ idempotency: 'off' }))
    expect(headers(plain, 201)).toEqual(['Location', 'Preference-Applied'])
    expect(plain['responses'][201].headers.Location).toMatchObject({
      required: true,
      schema: { format: 'uri-reference' },
    })
    const full = toOperation(define({ etag: () => '"1"' }))
    expect(headers(full, 201)).toEqual(['Location', 'ETag', 'Idempotent-Replayed', 'Preference-Applied'])
    expect(full['responses']).not.toHaveProperty('200')
  })

  it('answers 200 for an existing resource where the policy is return-existing', () => {
    const duplicates = { policy: 'return-existing', naturalKey: ['item'], find: () => undefined }
    const operation = toOperation(define({ duplicates }))
    expect(headers(operation, 200)).toContain('Content-Location')
    expect(codesOf(operation)['409']).toContain('duplicate-resource')
    // What is about a body is not sent where a client wanted none, or a replay has none.
    const { responses } = operation
    expect(responses[200].headers['Content-Location'].required).toBe(false)
    expect(responses[200].headers['Location'].required).toBe(true)
  })

  it('has the policies in x-creation', () => {
    expect(toOperation(define())['x-creation']).toEqual({
      duplicates: 'allow',
      idempotency: 'optional',
      retention: 'PT24H',
    })
    const strict = define({
      principal: () => 'ann',
      duplicates: { policy: 'reject', naturalKey: ['item'] },
      idempotency: { key: 'required', retention: 90_061_500 },
      openapi: { private: true },
    })
    expect(toOperation(strict)['x-creation']).toEqual({
      naturalKey: ['item'],
      duplicates: 'reject',
      idempotency: 'required',
      retention: 'PT25H1M1.5S',
      private: true,
    })
    expect(toOperation(define({ idempotency: 'off' }))['x-creation']).toEqual({
      duplicates: 'allow',
      idempotency: 'off',
    })
  })

  it('is not private where nobody is told apart', () => {
    expect(() => toOperation(define({ openapi: { private: true } }))).toThrow(
      /createOrder: openapi.private .* 'anybody'/,
    )
  })

  it('stands alone: in an empty document it is valid, and refers to nothing', async () => {
    const operation = toOperation(define({ openapi: { representation: order } }), { path: '/orders' })
    expect(JSON.stringify(operation)).not.toContain('$ref')
    expect(await faultsOf(emptyDocument({ paths: { '/orders': { post: operation } } }))).toEqual(NO_FAULTS)
  })
})

describe('the key in the document', () => {
  it('is required, optional or not there, as the policy says', () => {
    const key = (idempotency: unknown) => parameter(toOperation(define({ idempotency })), 'Idempotency-Key')
    expect(key('required')['required']).toBe(true)
    expect(key('optional')['required']).toBe(false)
    expect(key('off')).toBeUndefined()
  })

  it('comes with how long it is remembered, and with what a retry gets', () => {
    const text = (more: object) =>
      parameter(toOperation(define({ idempotency: { key: 'optional', ...more } })), 'Idempotency-Key')['description']
    expect(text({ retention: 'P7D' })).toContain('remembered for P7D')
    expect(text({})).toContain('remembered for PT24H')
    expect(text({})).not.toContain('without its body')
    expect(text({ replay: 'reference' })).toContain('without its body')
    expect(text({ maxRecordedBytes: 9 })).toContain('without its body where that has more than 9 bytes')
  })

  it('has a pattern that takes exactly what the service takes', () => {
    const { schema } = parameter(toOperation(define()), 'Idempotency-Key') as { schema: { pattern: string } }
    const pattern = new RegExp(schema.pattern, 'u')
    const characters = fc.constantFrom(...'a1!#+-,:;"\\ ~é\t', 'x'.repeat(200))
    const texts = fc.oneof(
      fc.string({ unit: characters, maxLength: 8 }),
      fc.string({ unit: characters, maxLength: 8 }).map((text) => `"${text}"`),
      fc.constantFrom(
        'x'.repeat(255),
        'x'.repeat(256),
        `"${'x'.repeat(255)}"`,
        `"${'\\"'.repeat(255)}"`,
        `"${'\\\\'.repeat(256)}"`,
      ),
    )
    fc.assert(
      fc.property(texts, (text) => {
        // Spaces around a value are no part of it (RFC 9110 §5.5), and a document describes the value.
        fc.pre(text === text.trim())
        expect([text, pattern.test(text)]).toEqual([text, parseKey([text]).kind === 'key'])
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the problems in the document', () => {
  it('are those of every creation', () => {
    expect(codesOf(toOperation(define({ idempotency: 'off' }), { path: '/orders' }))).toEqual({
      400: ['malformed-body', 'invalid-input', 'idempotency-key-invalid'],
      405: ['method-not-allowed'],
      406: ['not-acceptable'],
      413: ['content-too-large'],
      415: ['unsupported-media-type'],
      500: ['internal-error'],
      503: ['overloaded', 'store-unavailable'],
    })
  })

  it('and those of its policies, at the statuses that it chose', () => {
    const operation = toOperation(
      define({
        store: leased,
        onCrash: 'block',
        idempotency: { key: 'required', reusedStatus: 400 },
        invalidStatus: 422,
        duplicates: { policy: 'reject', naturalKey: ['item'] },
        problemTypes: 'https://errors.example.com/',
      }),
      { path: '/shops/{shop}/orders' },
    )
    expect(codesOf(operation)).toMatchObject({
      400: ['malformed-body', 'idempotency-key-missing', 'idempotency-key-invalid', 'idempotency-key-reused'],
      404: ['parent-not-found'],
      409: ['idempotency-key-in-flight', 'idempotency-key-blocked', 'duplicate-resource'],
      422: ['invalid-input'],
      503: ['overloaded', 'store-unavailable', 'record-unreadable'],
    })
    const schema = operation['responses'][422].content['application/problem+json'].schema.allOf[1]
    expect(schema).toMatchObject({
      required: ['errors'],
      properties: { type: { enum: ['https://errors.example.com/invalid-input'] }, status: { const: 422 } },
    })
  })

  it('have a parent only where the path may have one', () => {
    const has = (settings: object, path?: string) =>
      '404' in codesOf(toOperation(define(settings), path === undefined ? {} : { path }))
    expect(has({}, '/orders')).toBe(false)
    expect(has({}, '/shops/{shop}/orders')).toBe(true)
    expect(has({})).toBe(false)
    expect(has({ location: '/shops/{shop}/orders/{id}' })).toBe(true)
    expect(has({ location: () => '/orders/1' })).toBe(true)
  })

  it('come with their headers, required where every problem of the status has them', () => {
    const operation = toOperation(define({ duplicates: { policy: 'reject', naturalKey: ['item'] } }))
    const header = (status: number, name: string) => operation['responses'][status].headers[name]
    expect(header(503, 'Retry-After')).toMatchObject({ required: true, schema: { type: 'integer' } })
    expect(header(409, 'Retry-After')).toMatchObject({ required: false })
    expect(header(405, 'Allow')).toMatchObject({ required: true })
    expect(headers(operation, 415)).toContain('Accept-Post')
    expect(operation['responses'][413].description).toContain('1048576')
  })

  it('stand beside what others answer at this path, and are documented by the creation alone', () => {
    const responses = { 401: { description: 'Who are you?' } }
    expect(toOperation(define({ openapi: { responses } }))['responses']['401']).toEqual(responses[401])
    const own = { 415: { description: 'Mine.' } }
    expect(() => toOperation(define({ openapi: { responses: own } }))).toThrow(/createOrder: openapi.responses has 415/)
  })
})

describe('a schema that refers to itself', () => {
  const tree: z.ZodType = z.strictObject({
    name: z.string(),
    get children() {
      return z.array(tree)
    },
  })

  it('leads to its place in the document', async () => {
    const operation = toOperation(define({ input: tree }), { path: '/trees' })
    const document = emptyDocument({ paths: { '/trees': { post: operation } } })
    expect(JSON.stringify(document)).toContain('#/paths/~1trees/post/requestBody')
    expect(await faultsOf(document)).toEqual(NO_FAULTS)
  })

  it('needs to know its place', () => {
    expect(() => toOperation(define({ input: tree }))).toThrow(/CreateOrderInput refers to itself.*path/)
  })
})
