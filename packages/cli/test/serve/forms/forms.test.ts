import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { body, creating, type ServedDocument, serveDocument } from '../serve-document.ts'

const URLENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'

const order = {
  type: 'object',
  required: ['email'],
  properties: {
    email: { type: 'string' },
    quantity: { type: 'integer', minimum: 1 },
    price: { type: 'number' },
    gift: { type: 'boolean' },
    priority: { enum: [1, 2, 'high'] },
    note: { type: ['string', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
    sizes: { type: 'array', items: { type: 'integer' } },
    address: {
      type: 'object',
      properties: { city: { type: 'string' }, floor: { type: 'integer' }, tags: { type: 'array', items: {} } },
    },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { title: { type: 'string' }, quantity: { type: 'integer' } } },
    },
    photo: { type: 'string', format: 'binary' },
    'ids[]': { type: 'array', items: { type: 'integer' } },
    'sizes[x]': { type: 'string' },
  },
}
const both = {
  allOf: [{ $ref: '#/components/schemas/Order' }, { type: 'object', properties: { shop: { type: 'integer' } } }],
}
const lists = {
  type: 'object',
  properties: Object.fromEntries(
    ['commas', 'spaces', 'pipes'].map((name) => [name, { type: 'array', items: { type: 'integer' } }]),
  ),
}
const styled = {
  required: true,
  content: {
    [URLENCODED]: {
      schema: lists,
      encoding: {
        commas: { style: 'form', explode: false },
        spaces: { style: 'spaceDelimited' },
        pipes: { style: 'pipeDelimited' },
      },
    },
  },
}

let served: ServedDocument

beforeAll(async () => {
  served = await serveDocument(
    {
      ...creating('/orders', body(order, URLENCODED, MULTIPART)),
      ...creating('/both', body(both, 'application/json', URLENCODED)),
      ...creating('/json', body(order, 'application/json')),
      ...creating('/styled', styled),
      ...creating('/photos', body({ ...order, required: ['photo'] }, MULTIPART)),
      '/names/{name}': {
        put: {
          parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
          requestBody: body(order, URLENCODED),
          responses: { 201: { description: 'Created' } },
        },
      },
    },
    { schemas: { Order: order } },
  )
})

afterAll(() => served.close())

/** As a browser or a script of one does it. */
async function post(path: string, content: FormData | URLSearchParams, headers: Record<string, string> = {}) {
  const answer = await fetch(served.url + path, { method: 'POST', body: content, headers })
  const json = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, headers: answer.headers, json }
}

/** As `curl -d` does it. */
function postText(path: string, content: string, type = URLENCODED) {
  return send('POST', served.url + path, { body: content, headers: { 'Content-Type': type } })
}

function formOf(Kind: typeof FormData | typeof URLSearchParams, fields: readonly (readonly [string, string])[]) {
  const form = new Kind()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

async function kept(location: string): Promise<Record<string, unknown>> {
  const { id: _id, ...state } = (await send('GET', new URL(location, served.url).href)).json()
  return state
}

async function stillCreates(): Promise<void> {
  const made = await postText('/orders', 'email=counter@example.org')
  expect(made.status).toBe(201)
}

describe.each([
  ['urlencoded', URLSearchParams],
  ['multipart', FormData],
] as const)('a form, %s', (_name, Kind) => {
  it.each<readonly [string, readonly (readonly [string, string])[], object]>([
    ['text', [['email', 'ada@example.org']], { email: 'ada@example.org' }],
    ['text that is spelled like something else', [['email', '12']], { email: '12' }],
    ['any characters', [['email', 'Ä&=+%41 "\r\n\u{1F600}']], { email: 'Ä&=+%41 "\r\n\u{1F600}' }],
    ['empty text', [['email', '']], { email: '' }],
    [
      'text that may be null, and never is',
      [
        ['email', 'a'],
        ['note', 'null'],
      ],
      { email: 'a', note: 'null' },
    ],
    [
      'integers',
      [
        ['email', 'a'],
        ['quantity', '3'],
      ],
      { email: 'a', quantity: 3 },
    ],
    [
      'numbers',
      [
        ['email', 'a'],
        ['price', '-1.5e2'],
      ],
      { email: 'a', price: -150 },
    ],
    [
      'booleans',
      [
        ['email', 'a'],
        ['gift', 'false'],
      ],
      { email: 'a', gift: false },
    ],
    [
      'one of several values',
      [
        ['email', 'a'],
        ['priority', '2'],
      ],
      { email: 'a', priority: 2 },
    ],
    [
      'a list by its repeated name',
      [
        ['email', 'a'],
        ['tags', 'x'],
        ['tags', 'y,z'],
      ],
      { email: 'a', tags: ['x', 'y,z'] },
    ],
    [
      'a list of one',
      [
        ['email', 'a'],
        ['sizes', '4'],
      ],
      { email: 'a', sizes: [4] },
    ],
    [
      'a list by its name with brackets',
      [
        ['email', 'a'],
        ['sizes[]', '4'],
        ['sizes[]', '5'],
      ],
      { email: 'a', sizes: [4, 5] },
    ],
    [
      'a list in order of its indexes',
      [
        ['email', 'a'],
        ['tags[1]', 'y'],
        ['tags[0]', 'x'],
      ],
      { email: 'a', tags: ['x', 'y'] },
    ],
    [
      'a list as JSON',
      [
        ['email', 'a'],
        ['sizes', '[4,5]'],
      ],
      { email: 'a', sizes: [4, 5] },
    ],
    [
      'a name that has brackets itself',
      [
        ['email', 'a'],
        ['ids[]', '4'],
        ['sizes[x]', '4'],
      ],
      { email: 'a', 'ids[]': [4], 'sizes[x]': '4' },
    ],
    [
      'an object as JSON',
      [
        ['email', 'a'],
        ['address', '{"city":"Rome","floor":2}'],
      ],
      { email: 'a', address: { city: 'Rome', floor: 2 } },
    ],
    [
      'an object spelled out',
      [
        ['email', 'a'],
        ['address[city]', '7'],
        ['address[floor]', '7'],
        ['address[tags][]', 'x'],
      ],
      { email: 'a', address: { city: '7', floor: 7, tags: ['x'] } },
    ],
    [
      'a list of objects as JSON',
      [
        ['email', 'a'],
        ['lines', '{"title":"A"}'],
        ['lines', '{"title":"B"}'],
      ],
      { email: 'a', lines: [{ title: 'A' }, { title: 'B' }] },
    ],
    [
      'a list of objects by index',
      [
        ['email', 'a'],
        ['lines[0][title]', 'A'],
        ['lines[0][quantity]', '1'],
        ['lines[1][title]', 'B'],
      ],
      { email: 'a', lines: [{ title: 'A', quantity: 1 }, { title: 'B' }] },
    ],
    [
      'a list of objects one after the other',
      [
        ['email', 'a'],
        ['lines[][title]', 'A'],
        ['lines[][quantity]', '1'],
        ['lines[][title]', 'B'],
      ],
      { email: 'a', lines: [{ title: 'A', quantity: 1 }, { title: 'B' }] },
    ],
  ])('says %s', async (_what, fields, state) => {
    const { status, headers } = await post('/orders', formOf(Kind, fields))
    expect(status).toBe(201)
    expect(await kept(headers.get('location')!)).toEqual(state)
  })

  it.each<readonly [string, readonly (readonly [string, string])[], string]>([
    [
      'a number that is none',
      [
        ['email', 'a'],
        ['quantity', '3x'],
      ],
      '/quantity',
    ],
    [
      'a number with a zero before it',
      [
        ['email', 'a'],
        ['quantity', '03'],
      ],
      '/quantity',
    ],
    [
      'an empty number',
      [
        ['email', 'a'],
        ['price', ''],
      ],
      '/price',
    ],
    [
      'a number that is too small',
      [
        ['email', 'a'],
        ['quantity', '0'],
      ],
      '/quantity',
    ],
    [
      'a number with more digits than can be kept',
      [
        ['email', 'a'],
        ['quantity', '12345678901234567890'],
      ],
      '/quantity',
    ],
    [
      'a boolean by another name',
      [
        ['email', 'a'],
        ['gift', 'yes'],
      ],
      '/gift',
    ],
    [
      'text twice',
      [
        ['email', 'a'],
        ['email', 'b'],
      ],
      '/email',
    ],
    [
      'an item',
      [
        ['email', 'a'],
        ['sizes', '1'],
        ['sizes', 'x'],
      ],
      '/sizes/1',
    ],
    [
      'a member of an object',
      [
        ['email', 'a'],
        ['address[floor]', 'x'],
      ],
      '/address/floor',
    ],
    [
      'an object that is none',
      [
        ['email', 'a'],
        ['address', 'Rome'],
      ],
      '/address',
    ],
    ['what is missing', [['price', '1']], '/email'],
    [
      'a name that would change every object',
      [
        ['email', 'a'],
        ['__proto__', 'x'],
      ],
      '/__proto__',
    ],
    [
      'such a name inside',
      [
        ['email', 'a'],
        ['address[__proto__][x]', 'x'],
      ],
      '/address/__proto__',
    ],
  ])('is refused with 400 that names %s', async (_what, fields, pointer) => {
    const { status, json } = await post('/orders', formOf(Kind, fields))
    expect([status, json['type']]).toEqual([400, '/problems/invalid-input'])
    expect((json['errors'] as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer)
    expect(({} as { x?: string }).x).toBeUndefined()
  })

  it.each<readonly [string, number, readonly (readonly [string, string])[]]>([
    [
      'that contradicts itself',
      400,
      [
        ['email', 'a'],
        ['address', '{}'],
        ['address[city]', 'Rome'],
      ],
    ],
    [
      'whose list contradicts itself',
      400,
      [
        ['email', 'a'],
        ['tags[]', 'x'],
        ['tags[a]', 'y'],
      ],
    ],
    [
      'that is nested too deeply',
      400,
      [
        ['email', 'a'],
        [`address${'[a]'.repeat(10)}`, 'x'],
      ],
    ],
    [
      'with a name that is too long',
      413,
      [
        ['email', 'a'],
        ['x'.repeat(501), 'x'],
      ],
    ],
    ['with too many fields', 413, Array.from({ length: 1_001 }, () => ['tags', 'x'] as const)],
    ['that is too large', 413, [['email', 'x'.repeat(2 * 1024 * 1024)]]],
  ])('%s is refused with %i', async (_what, status, fields) => {
    const answer = await post('/orders', formOf(Kind, fields))
    const code = status === 400 ? 'malformed-body' : 'content-too-large'
    expect([answer.status, answer.json['type']]).toEqual([status, `/problems/${code}`])
  })

  it('is the same request when it is sent again with a key, whatever its encoding is', async () => {
    const key = { 'Idempotency-Key': `again-${Kind.name}` }
    const fields = [
      ['email', 'a'],
      ['tags', 'x'],
    ] as const
    const first = await post('/orders', formOf(Kind, fields), key)
    // FormData has another boundary each time.
    const again = await post('/orders', formOf(Kind, [...fields].reverse()), key)
    const otherwise = await post('/orders', formOf(Kind === FormData ? URLSearchParams : FormData, fields), key)
    const changed = await post(
      '/orders',
      formOf(Kind, [
        ['email', 'b'],
        ['tags', 'x'],
      ]),
      key,
    )
    expect([first, again, otherwise, changed].map(({ status }) => status)).toEqual([201, 201, 201, 422])
    for (const one of [again, otherwise]) {
      expect(one.headers.get('idempotent-replayed')).toBe('true')
      expect(one.headers.get('location')).toBe(first.headers.get('location'))
    }
  })
})

describe('a form, urlencoded', () => {
  it('has lists with the delimiters that the document says', async () => {
    const made = await postText('/styled', 'commas=1,2&spaces=3+4%205&pipes=6%7C7|8')
    expect(await kept(made.headers.location!)).toEqual({ commas: [1, 2], spaces: [3, 4, 5], pipes: [6, 7, 8] })
    const repeated = await postText('/styled', 'commas=1&commas=2&pipes=')
    expect(await kept(repeated.headers.location!)).toEqual({ commas: [1, 2], pipes: [] })
  })

  it('is read as browsers write it, and as people do', async () => {
    const made = await postText('/orders', '&&email=100%+%zz%C3%A9=&note', `${URLENCODED}; charset=utf-8`)
    expect(await kept(made.headers.location!)).toEqual({ email: '100% %zzé=', note: '' })
  })

  it('is refused where it is not in UTF-8', async () => {
    const answer = await postText('/orders', 'email=%FF')
    expect([answer.status, answer.json().type]).toEqual([400, '/problems/malformed-body'])
  })

  it('creates by PUT too', async () => {
    const put = (type: string) =>
      send('PUT', `${served.url}/names/ada`, { body: 'email=a&quantity=2', headers: { 'Content-Type': type } })
    const made = await put(URLENCODED)
    expect(made.status).toBe(201)
    expect(await kept('/names/ada')).toMatchObject({ email: 'a', quantity: 2 })
    const refused = await put('text/plain')
    expect([refused.status, refused.headers['accept']]).toEqual([415, URLENCODED])
  })
})

describe('a form, multipart', () => {
  const part = (head: string, content: string) => `--b\r\n${head}\r\n\r\n${content}\r\n`
  const named = (name: string, more = '') => `Content-Disposition: form-data; name="${name}"${more}`
  const multipart = (content: string, boundary = '; boundary=b') => postText('/orders', content, MULTIPART + boundary)

  it('has parts that say that they are JSON', async () => {
    const json = '\r\nContent-Type: application/json'
    const parts = [
      part(named('email', json), '"a"'),
      part(named('sizes', json), '[1, 2]'),
      part(named('extra', json), '{"x":1}'),
    ]
    const made = await multipart(`${parts.join('')}--b--\r\n`)
    expect(await kept(made.headers.location!)).toEqual({ email: 'a', sizes: [1, 2], extra: { x: 1 } })
  })

  it('has names as browsers escape them', async () => {
    const form = new FormData()
    form.append('email', 'a')
    form.append('quoted "name"', 'x')
    const { headers } = await post('/orders', form)
    expect(await kept(headers.get('location')!)).toEqual({ email: 'a', 'quoted "name"': 'x' })
  })

  it.each([
    ['without a boundary', part(named('email'), 'a'), ''],
    ['whose parts have another boundary', part(named('email'), 'a'), '; boundary=c'],
    ['that stops before its end', part(named('email'), 'a'), undefined],
    ['that stops within a part', `--b\r\n${named('email')}\r\n\r\na`, undefined],
    ['that stops within a head', `--b\r\n${named('email')}`, undefined],
    ['with a part without a name', `${part('Content-Disposition: form-data', 'a')}--b--\r\n`, undefined],
    ['that is no form', 'email=a', undefined],
  ])('%s is refused with 400', async (_what, content, boundary) => {
    const answer = await multipart(content, boundary)
    expect([answer.status, answer.json().type]).toEqual([400, '/problems/malformed-body'])
  })

  it('is refused where it is not in UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`--b\r\n${named('email')}\r\n\r\n`),
      Buffer.from([0xff]),
      Buffer.from('\r\n--b--\r\n'),
    ])
    const answer = await fetch(`${served.url}/orders`, {
      method: 'POST',
      body: bytes,
      headers: { 'Content-Type': `${MULTIPART}; boundary=b` },
    })
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([400, '/problems/malformed-body'])
  })

  it.each([
    ['a file', 'scan', new File(['%PDF'], 'scan.pdf')],
    ['an empty file that has a name', 'scan', new File([], 'scan.txt')],
    ['a file in the place of text', 'email', new File(['a'], 'a.txt', { type: 'text/plain' })],
    ['text where a file belongs', 'photo', 'text'],
  ])('with %s is answered with 501 that names it, and creates nothing', async (_what, name, value) => {
    const form = new FormData()
    form.append('email', 'a')
    form.append(name, value)
    const key = { 'Idempotency-Key': `file-${_what.replaceAll(' ', '-')}` }
    const { status, json } = await post('/orders', form, key)
    expect([status, json['detail']]).toEqual([501, `"${name}" is a file, and files are not kept. Nothing was created.`])
    // The key is free: nothing was recorded under it.
    expect((await post('/orders', formOf(FormData, [['email', 'b']]), key)).status).toBe(201)
  })

  it('leaves out what a browser sends where no file was chosen', async () => {
    const none = part(`${named('photo', '; filename=""')}\r\nContent-Type: application/octet-stream`, '')
    const made = await multipart(`${part(named('email'), 'a')}${none}--b--\r\n`)
    expect(await kept(made.headers.location!)).toEqual({ email: 'a' })
  })

  it('that has to have a file is not served: 501, whatever is sent', async () => {
    const form = new FormData()
    form.append('photo', new File(['x'], 'x.png'))
    const { status, json } = await post('/photos', form)
    expect([status, json['title']]).toEqual([501, 'Not Implemented'])
  })
})

describe('the type of the content', () => {
  it('is one of the forms, where the document has forms only', async () => {
    for (const type of ['application/json', 'text/plain', 'application/xml', '']) {
      const answer = await postText('/orders', '{"email":"a"}', type)
      expect([answer.status, answer.json().type]).toEqual([415, '/problems/unsupported-media-type'])
      expect(answer.headers['accept-post']).toBe(`${URLENCODED}, ${MULTIPART}`)
    }
  })

  it('is JSON or the form, where the document has both', async () => {
    const json = await postText('/both', '{"email":"a","shop":3}', 'application/json')
    const form = await postText('/both', 'email=a&shop=3')
    for (const { status, headers } of [json, form]) {
      expect(status).toBe(201)
      expect(await kept(headers.location!)).toEqual({ email: 'a', shop: 3 })
    }
    const other = await postText('/both', 'x', `${MULTIPART}; boundary=b`)
    expect([other.status, other.headers['accept-post']]).toEqual([415, `application/json, ${URLENCODED}`])
  })

  it('is no form, where the document has none', async () => {
    for (const type of [URLENCODED, `${MULTIPART}; boundary=b`]) {
      const answer = await postText('/json', 'email=a', type)
      expect([answer.status, answer.headers['accept-post']]).toEqual([415, 'application/json'])
    }
  })

  it('has to be followed by content, in chunks too: 400 without', async () => {
    const chunked = { 'Content-Type': URLENCODED, 'Transfer-Encoding': 'chunked' }
    const empty = await send('POST', `${served.url}/orders`, { headers: chunked })
    expect([empty.status, empty.json().type]).toEqual([400, '/problems/malformed-body'])
    const answer = await send('POST', `${served.url}/orders`, { headers: { 'Content-Type': URLENCODED } })
    expect(answer.status).toBe(400)
    expect(answer.json().detail).toBe(`The body is empty; a form is needed (${URLENCODED}, ${MULTIPART}).`)
  })
})

it('creates nothing of a form whose sender hangs up, and goes on', async () => {
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
  socket.end(
    `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: ${MULTIPART}; boundary=b\r\nContent-Length: 500\r\n\r\n--b\r\nContent-Disposition: form-data; name="email"\r\n\r\na\r\n`,
  )
  expect(await text(socket)).not.toMatch(/^HTTP\/1.1 201/)
  await stillCreates()
})
