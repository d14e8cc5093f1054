import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCreations } from '../../src/target/find-creations.ts'
import { listOperations } from '../../src/target/list-operations.ts'
import { readDocument } from '../../src/target/read-document.ts'
import { TargetError } from '../../src/target/target-error.ts'
import { errorOf } from './error-of.ts'
import { serveTexts } from './serve-texts.ts'
import { shopDocument } from './shop-document.ts'
import { temporaryFiles } from './temporary-files.ts'

const { fileWith, folder } = temporaryFiles()
const head = 'openapi: 3.0.3\ninfo: { title: Shop, version: "1" }\npaths: {}\n'
const read = async (text: string) => readDocument(await fileWith(text), { validation: 'later' })

function withSchemas(schemas: object): string {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' } } }
  const post = { requestBody: { content }, responses: { 201: { description: 'made', content } } }
  return JSON.stringify({ openapi: '3.0.3', info: {}, paths: { '/a': { post } }, components: { schemas } })
}

function understand(document: Parameters<typeof listOperations>[0]): number {
  for (const operation of listOperations(document)) expect(operation.responses).toBeDefined()
  return findCreations(document).creations.length
}

const refused: readonly (readonly [what: string, text: () => string, message: string, seen?: string])[] = [
  [
    'JSON that is nested 100 000 levels deep',
    () => `{"openapi":"3.0.3","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
    'nested deeper than 200 levels',
    '#/x/0/0',
  ],
  [
    'YAML that is nested 100 000 levels deep',
    () => `${head}x: ${'['.repeat(1e5)}${']'.repeat(1e5)}`,
    'nested deeper than 200 levels',
  ],
  [
    'YAML that is indented 1500 levels deep',
    () => head + Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'),
    'nested deeper than 200 levels',
  ],
  [
    'a billion laughs',
    () =>
      `${head}a0: &a0 [1,1,1,1]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`)}]`).join('\n')}`,
    'more than 1000 aliases',
  ],
  ['a million aliases', () => `${head}a: &a 1\nb: [${Array(1e6).fill('*a')}]`, 'more than 1000 aliases'],
  [
    'merge keys that copy without end',
    () =>
      `${head}a: &a { ${Array.from({ length: 5000 }, (_, i) => `k${i}: 1`)} }\n${Array.from({ length: 90 }, (_, i) => `m${i}: { <<: *a }`).join('\n')}`,
    'copy more than 100000 members',
  ],
  ['an anchor inside itself', () => `${head}x: &x { y: *x }`, 'an alias makes it contain itself', '#/x/y'],
  [
    'two documents in one file',
    () => `${head}---\n${head}`,
    'multiple documents, and one is wanted at line 4, column 1',
  ],
  [
    'tabs as indentation',
    () => 'openapi: 3.0.3\npaths:\n\t/a: {}',
    'Tabs are not allowed as indentation at line 3, column 1',
  ],
  ['an empty file', () => '', 'it is empty'],
  ['OpenAPI 4.0', () => '{"openapi":"4.0.0"}', 'version 4.0.0 is not known'],
  ['OpenAPI 1.2', () => '{"swaggerVersion":"1.2"}', 'neither an "openapi" nor a "swagger" member'],
  ['AsyncAPI', () => 'asyncapi: 3.0.0', 'neither an "openapi" nor a "swagger" member'],
  ['GraphQL', () => 'type Query {\n  shop: Shop\n}', 'YAML'],
  ['paths that are a list', () => '{"openapi":"3.0.3","paths":[]}', 'its "paths" are not an object'],
]

describe('a document that cannot be worked with is an error', () => {
  for (const [what, text, message, seen = ''] of refused) {
    it(what, async () => {
      const error = await errorOf(read(text()))
      expect(error.message).toContain(message)
      expect(error.advice).not.toBe('')
      expect(error.seen.join()).toContain(seen)
    })
  }

  it('that is a device, a pipe, a directory or too large', async () => {
    const pipe = join(folder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const path of ['/dev/zero', pipe]) {
      expect((await errorOf(readDocument(path))).message).toBe(`${path} is no regular file.`)
    }
    expect((await errorOf(readDocument(folder()))).message).toContain('is a directory')
    const large = await errorOf(readDocument(await fileWith(head), { maxBytes: 10 }))
    expect(large).toMatchObject({ code: 'too-large', seen: [`${head.length} bytes`] })
  })

  it('that is written in Latin-1, by line and column', async () => {
    const path = join(folder(), 'latin.yaml')
    await writeFile(path, Buffer.from(`${head}x: caf\u00e9`, 'latin1'))
    expect((await errorOf(readDocument(path))).message).toContain('is no text in UTF-8: line 4, column 7.')
  })
})

const understood: readonly (readonly [what: string, schemas: object])[] = [
  ['a schema that is a reference to itself', { A: { $ref: '#/components/schemas/A' } }],
  ['a circle of references', { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } }],
  ['a schema that composes itself three times', { A: { allOf: Array(3).fill({ $ref: '#/components/schemas/A' }) } }],
  [
    'compositions that double forty times',
    Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        i === 0 ? 'A' : `S${i}`,
        i === 39 ? {} : { allOf: Array(2).fill({ $ref: `#/components/schemas/S${i + 1}` }) },
      ]),
    ),
  ],
  [
    'a chain of 5000 references',
    Object.fromEntries(
      Array.from({ length: 5000 }, (_, i) => [
        i === 0 ? 'A' : `S${i}`,
        { properties: { next: i === 4999 ? {} : { $ref: `#/components/schemas/S${i + 1}` } } },
      ]),
    ),
  ],
  [
    'a required member of its own type',
    { A: { required: ['a'], properties: { a: { $ref: '#/components/schemas/A' } } } },
  ],
  [
    'keywords of wrong types',
    {
      A: {
        allOf: [
          { required: 5, properties: [], dependentRequired: 7 },
          { required: 'x', enum: {}, type: 5 },
        ],
      },
    },
  ],
  [
    'contradictions',
    { A: { type: 'string', enum: [1], minLength: 5, maxLength: 1, allOf: [{ type: 'integer' }, { type: 'object' }] } },
  ],
  [
    'names of Object.prototype',
    {
      A: {
        required: ['constructor'],
        properties: { constructor: { type: 'string' }, toString: {}, hasOwnProperty: {} },
      },
      constructor: {},
      prototype: {},
    },
  ],
]

describe('a document that can be worked with is understood', () => {
  it.each(understood)('%s', async (_what, schemas) => {
    expect(understand((await read(withSchemas(schemas))).document)).toBe(1)
  })

  it('with a warning by place where $ref is no text, and without members named __proto__', async () => {
    const text = withSchemas({ A: { $ref: 5 } }).replace('"A":{', '"__proto__":{"polluted":1},"A":{')
    const { document, warnings } = await read(text)
    expect(warnings).toEqual([
      '#/components/schemas/__proto__ is left out: a member of that name is refused in bodies, too.',
      '#/components/schemas/A/$ref is 5 and no text: it refers to nothing.',
    ])
    expect(JSON.stringify(document)).not.toContain('polluted')
    understand(document)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('with merge keys, whose own members win', async () => {
    const { document } = await read(`${head}x-a: &a { one: 1, two: 2 }\nx-b: { <<: *a, two: 3 }`)
    expect(document['x-b']).toEqual({ one: 1, two: 3 })
  })

  it('in UTF-16 with a byte order mark, and with CRLF', async () => {
    const path = join(folder(), 'utf16.yaml')
    await writeFile(path, Buffer.from(`\uFEFF${head.replaceAll('\n', '\r\n')}`, 'utf16le'))
    expect((await readDocument(path, { validation: 'later' })).title).toBe('Shop')
  })

  it('but a document from the network reads no file of this machine', async () => {
    const secret = await fileWith('{"secret":"s3cret"}')
    await using server = await serveTexts({
      '/openapi.json': { ...shopDocument(), 'x-a': { $ref: `file://${secret}` } },
    })
    const { document, warnings } = await readDocument(`${server.url}/openapi.json`, { validation: 'later' })
    expect(warnings.join()).toContain('A reference cannot be followed')
    expect(JSON.stringify(document)).not.toContain('s3cret')
  })
})

it('whatever is changed in a document, it is understood or refused by a TargetError', async () => {
  const { bundleDocument } = await import('../../src/target/bundle-document.ts')
  const odd = fc.constantFrom<unknown>(
    null,
    5,
    'x',
    [],
    {},
    true,
    -1,
    { $ref: '#/paths' },
    { $ref: '#' },
    { $ref: '#/components' },
    [{ $ref: 5 }],
    '__proto__',
  )
  const change = fc.tuple(fc.nat(), odd)
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const document = structuredClone(shopDocument()) as Record<string, unknown>
      for (const [at, value] of changes) replaceAt(document, at, value)
      const source = { url: 'file:///shop.json', document }
      const bundled = await bundleDocument(source, async () => Promise.reject(new Error('no network')), {}).catch(
        (error) => error,
      )
      if (bundled instanceof TargetError) return
      expect(bundled).not.toBeInstanceOf(Error)
      understand(bundled.document)
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

/** Puts a value in the place of the nth member of a document, counted round. */
function replaceAt(document: Record<string, unknown>, n: number, value: unknown): void {
  const places: (readonly [Record<string, unknown>, string])[] = []
  const todo: object[] = [document]
  for (let holder = todo.pop(); holder !== undefined; holder = todo.pop()) {
    for (const [name, member] of Object.entries(holder)) {
      places.push([holder as Record<string, unknown>, name])
      if (typeof member === 'object' && member !== null) todo.push(member)
    }
  }
  const place = places[n % Math.max(places.length, 1)]
  if (place !== undefined) place[0][place[1]] = structuredClone(value)
}
