import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import type { Creation } from '../../src/index.ts'
import { type OpenApiObject, toOperation } from '../../src/openapi/index.ts'
import type { WireAnswer } from '../../src/testing/send-request.ts'

/** Holds answers against the operation that is generated of their creation: status, headers, media type and content. */
export function expectDocumented(
  creation: Creation,
  path: string,
): (answer: Pick<WireAnswer, 'status' | 'headers' | 'body'>) => void {
  const operation = toOperation(creation, { path })
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  return ({ status, headers, body }) => {
    const response: OpenApiObject | undefined = operation['responses'][status]
    expect(response, `${status} is in the document: ${body}`).toBeDefined()
    const declared = (response!['headers'] ?? {}) as OpenApiObject
    for (const [name, { required, schema }] of Object.entries<OpenApiObject>(declared)) {
      const [value] = headers.get(name.toLowerCase()) ?? []
      if (required) expect(value, `${name} of ${status}`).toBeDefined()
      if (value !== undefined) fits(schema, schema.type === 'integer' ? Number(value) : value, `${name} of ${status}`)
    }
    const names = Object.keys(declared).map((name) => name.toLowerCase())
    for (const name of OURS) if (headers.has(name)) expect(names, `headers of ${status}`).toContain(name)
    if (body === '') return
    const [type] = headers.get('content-type')![0]!.split(';')
    const content: OpenApiObject | undefined = response!['content'][type!]
    expect(content, `${type} of ${status}`).toBeDefined()
    if (content!['schema'] !== undefined) fits(content!['schema'], JSON.parse(body), `the content of ${status}`)
  }

  function fits(schema: object, value: unknown, what: string): void {
    const isValid = ajv.validate(schema, value)
    expect(isValid ? [] : ajv.errors, `${what}: ${JSON.stringify(value)}`).toEqual([])
  }
}

// What the library sets; an author's own headers are the author's to document.
const OURS = [
  'location',
  'content-location',
  'etag',
  'idempotent-replayed',
  'preference-applied',
  'retry-after',
  'allow',
  'accept-post',
]
