import { describe, expect, test } from 'vitest'
import { type Report, targetFromExample } from '../../src/index.ts'
import { runVerify, verifyTarget } from '../run-verify.ts'
import { serve } from '../targets/serve.ts'

const own = ['doc-201-and-location', 'doc-errors-declared', 'doc-body-conforms', 'doc-idempotency-policy']

const input = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 80 }, secret: { type: 'string', writeOnly: true } },
}
const shown = { ...input, required: ['id', 'name', 'secret'], properties: { ...input.properties, id: {} } }
const json = (schema: object, example?: object) => ({ 'application/json': { schema, ...example } })

/** An API of cups that is right, with a document about it: OpenAPI 3.0 unless it is another version. */
async function cups(responses: object, body: object = json(input), nothing: object = {}) {
  const made = new Map<string, object>()
  const refused = (status: number) => ({ status, body: { message: 'refused' } })
  return await serve(
    (origin) => ({
      openapi: '3.0.3',
      info: { title: 'Cups', version: '1' },
      servers: [{ url: origin }],
      paths: {
        '/cups': {
          post: { requestBody: { content: body }, responses },
          get: { responses: { 200: { description: '' } } },
        },
        '/cups/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: { responses: { 200: { description: '' } } },
        },
      },
    }),
    (method, url, headers, bytes) => {
      const [, , id] = url.pathname.split('/')
      if (id !== undefined) return made.has(id) ? { status: 200, body: made.get(id) } : refused(404)
      if (method === 'GET') return { status: 200, body: [...made.values()] }
      if (method !== 'POST') return { ...refused(405), headers: { Allow: 'GET, POST' } }
      if (headers['content-type']?.split(';')[0] !== 'application/json') return refused(415)
      let name: unknown
      try {
        name = (Object(JSON.parse(bytes.toString())) as { name?: unknown }).name
      } catch {
        return refused(400)
      }
      if (typeof name !== 'string' || name.length < 1 || name.length > 80) return refused(422)
      const cup = { id: String(made.size + 1), name, ...nothing }
      made.set(cup.id, cup)
      return { status: 201, headers: { Location: `/cups/${cup.id}` }, body: cup }
    },
  )
}

async function judged(target: Awaited<ReturnType<typeof cups>>): Promise<Record<string, string>> {
  const { report } = await runVerify(target.document, { checks: own })
  await target.close()
  return found(report)
}

const found = ({ results }: Report) =>
  Object.fromEntries(
    results.map(({ check, verdict, level, message }) => [check, verdict === 'fail' ? `${level}: ${message}` : verdict]),
  )

const created = { description: '', headers: { location: {} }, content: json(shown) }

describe('a document', () => {
  test('is right when it says what is answered, with a range or a default for the refusals', async () => {
    const right = { 'doc-201-and-location': 'pass', 'doc-errors-declared': 'pass', 'doc-body-conforms': 'pass' }
    const refusal = { description: '', content: json({ type: 'object', required: ['message'] }) }
    expect(await judged(await cups({ 201: created, '4xx': refusal }))).toMatchObject(right)
    expect(await judged(await cups({ 201: created, default: refusal }))).toMatchObject(right)
    expect(await judged(await cups({ 201: { ...created, content: { '*/*': {} } }, default: refusal }))).toMatchObject({
      'doc-errors-declared': 'pass',
    })
  })

  test('that has another success and a default for errors is told which success it lacks, and not that the error is none', async () => {
    const refusal = { description: '', content: json({ type: 'object', required: ['code', 'message'] }) }
    const found = await judged(await cups({ 200: created, default: refusal }))
    expect(found['doc-201-and-location']).toBe(
      'warning: The document does not say what the API does: a create answers 201, and the document declares 200.',
    )
    expect(found['doc-body-conforms']).not.toMatch(/in a 201/)
    // Where nothing else is declared, the default stands for the success, too.
    const alone = await judged(await cups({ default: refusal }))
    expect(alone['doc-body-conforms']).toMatch(/in a 201 "\/code" breaks required/)
  })

  test('that declares no refusal says less, and one that declares some but not those of the API says otherwise', async () => {
    const silent = await judged(await cups({ 201: created }))
    expect(silent['doc-errors-declared']).toMatch(/^note: .*422 is not declared/)
    const wrong = await judged(await cups({ 201: created, 409: { description: '' } }))
    expect(wrong['doc-errors-declared']).toMatch(/^warning: .*422 is not declared/)
    expect(wrong['doc-errors-declared']).not.toMatch(/405|404/)
  })

  test('whose own refusals are all declared lacks at most what any server may answer', async () => {
    const { 'doc-errors-declared': verdict } = await judged(await cups({ 201: created, 422: { description: '' } }))
    expect(verdict).toMatch(/^note: .*400 is not declared .*415 is not declared/)
  })

  test('is not held to what is written only, but to the members that it requires of answers', async () => {
    const content = json({ ...shown, required: ['id', 'colour'] })
    const { 'doc-body-conforms': verdict } = await judged(await cups({ 201: { ...created, content } }))
    expect(verdict).toMatch(/^warning: .*in a 201 "\/colour" breaks required/)
  })

  test('of a discriminator is not held to branches that overlap', async () => {
    const discriminator = { propertyName: 'name' }
    const content = json({ oneOf: [{ type: 'object' }, { required: ['id'] }], discriminator })
    expect(await judged(await cups({ 201: { ...created, content } }))).toMatchObject({ 'doc-body-conforms': 'pass' })
  })

  test('may not know that a member is null', async () => {
    const content = json({ type: 'object', properties: { colour: { type: 'string' } } })
    const { 'doc-body-conforms': verdict } = await judged(
      await cups({ 201: { ...created, content } }, json(input), { colour: null }),
    )
    expect(verdict).toMatch(/^warning: .*"\/colour" breaks type \(must be string\)/)
    const nullable = json({ type: 'object', properties: { colour: { type: 'string', nullable: true } } })
    expect(
      await judged(await cups({ 201: { ...created, content: nullable } }, json(input), { colour: null })),
    ).toMatchObject({ 'doc-body-conforms': 'pass' })
  })

  test('whose only response is the default is not held to it by refusals', async () => {
    const verdicts = await judged(await cups({ default: { ...created, content: json(shown) } }))
    expect(verdicts).toMatchObject({ 'doc-body-conforms': 'pass', 'doc-201-and-location': 'pass' })
  })

  test('has examples that are accepted', async () => {
    const good = await cups({ 201: created }, json(input, { example: { name: 'Blue' } }))
    expect(await judged(good)).toMatchObject({ 'doc-body-conforms': 'pass' })
    const broken = await cups({ 201: created }, json(input, { example: { name: 7 } }))
    expect((await judged(broken))['doc-body-conforms']).toMatch(
      /^warning: .*the example breaks its own schema: "\/name" breaks type .*answered 422/,
    )
  })

  test('is not there where one example request is all that is known', async () => {
    const target = await cups({})
    const example = targetFromExample({ method: 'POST', url: `${target.origin}/cups`, body: { name: 'Green' } })
    const { report } = await verifyTarget(example, { checks: own })
    await target.close()
    expect(found(report)).toEqual(Object.fromEntries(own.map((check) => [check, 'skip'])))
  })
})
