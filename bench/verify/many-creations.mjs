// An API with many collections, each created right, with its document at /openapi.json:
// node many-creations.mjs 200. Every tenth one forgets the Location, so that a report has something to show.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const count = Number(process.argv[2] ?? 200)
const names = Array.from({ length: count }, (_, n) => `shelf${n}`)
const rows = new Map(names.map((name) => [name, new Map()]))
const limit = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }
const offset = { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0 } }
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
const problem = { description: 'refused', content: { 'application/problem+json': { schema: { type: 'object' } } } }

const book = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'pages'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 200 },
    pages: { type: 'integer', minimum: 1, maximum: 10_000 },
    language: { type: 'string', enum: ['en', 'de', 'ja'] },
    tags: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 40 }, maxItems: 5 },
  },
}
const stored = {
  ...book,
  required: ['id', ...book.required],
  properties: { id: { type: 'string', format: 'uuid', readOnly: true }, ...book.properties },
}
const json = (schema) => ({ 'application/json': { schema } })

function pathsOf(name) {
  const refused = Object.fromEntries(['400', '404', '406', '413', '415', '422'].map((status) => [status, problem]))
  return {
    [`/${name}`]: {
      get: {
        operationId: `list_${name}`,
        parameters: [limit, offset],
        responses: { 200: { description: 'some of them', content: json({ type: 'array', items: stored }) } },
      },
      post: {
        operationId: `create_${name}`,
        'x-creation': { duplicates: 'allow', idempotency: 'off' },
        requestBody: { required: true, content: json(book) },
        responses: {
          201: { description: 'created', headers: { Location: { schema: { type: 'string' } } }, content: json(stored) },
          ...refused,
        },
      },
    },
    [`/${name}/{id}`]: {
      parameters: [id],
      get: {
        operationId: `read_${name}`,
        responses: { 200: { description: 'one', content: json(stored) }, 404: problem },
      },
      delete: { operationId: `remove_${name}`, responses: { 204: { description: 'gone' }, 404: problem } },
    },
  }
}

const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: `${count} shelves`, version: '1' },
  paths: Object.assign({}, ...names.map(pathsOf)),
})

function faultsOf(body) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return ['the body is an object']
  const faults = []
  const say = (isRight, text) => isRight || faults.push(text)
  for (const name of Object.keys(body)) say(Object.hasOwn(book.properties, name), `/${name} is unknown`)
  const { title, pages, language, tags } = body
  say(typeof title === 'string' && title.length > 0 && [...title].length <= 200, '/title is a text of 1 to 200')
  say(Number.isInteger(pages) && pages > 0 && pages <= 10_000, '/pages is an integer of 1 to 10000')
  say(language === undefined || book.properties.language.enum.includes(language), '/language is en, de or ja')
  const isTag = (tag) => typeof tag === 'string' && tag.length > 0 && [...tag].length <= 40
  say(tags === undefined || (Array.isArray(tags) && tags.length <= 5 && tags.every(isTag)), '/tags are up to 5 texts')
  return faults
}

createServer((request, response) => {
  const send = (status, value, headers = {}) => {
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    const content = value === undefined ? '' : JSON.stringify(value)
    response.writeHead(status, {
      ...(content === '' ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(content) }),
      ...headers,
    })
    response.end(content)
  }
  const refuse = (status, title, more = {}, headers = {}) =>
    send(status, { type: 'about:blank', status, title, ...more }, headers)
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/openapi.json') {
    response.setHeader('Content-Type', 'application/json')
    return response.end(document)
  }
  const [, name, key] = url.pathname.split('/')
  const shelf = rows.get(name)
  if (shelf === undefined) return refuse(404, 'Not Found')
  if (key !== undefined) {
    if (request.method !== 'GET' && request.method !== 'DELETE')
      return refuse(405, 'Method Not Allowed', {}, { Allow: 'GET, DELETE' })
    if (!shelf.has(key)) return refuse(404, 'Not Found')
    if (request.method === 'GET') return send(200, shelf.get(key))
    shelf.delete(key)
    return send(204)
  }
  if (request.method === 'GET') {
    const from = Number(url.searchParams.get('offset') ?? 0)
    return send(200, [...shelf.values()].slice(from, from + Number(url.searchParams.get('limit') ?? 20)))
  }
  if (request.method !== 'POST') return refuse(405, 'Method Not Allowed', {}, { Allow: 'GET, POST' })
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return refuse(415, 'Unsupported Media Type')
  if (!/json|\*\/\*/.test(request.headers.accept ?? '*/*')) return refuse(406, 'Not Acceptable')
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    let body
    try {
      body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
    } catch {
      return refuse(400, 'Bad Request', { detail: 'The body is no JSON.' })
    }
    const faults = faultsOf(body)
    if (faults.length > 0) return refuse(422, 'Unprocessable Content', { errors: faults.map((detail) => ({ detail })) })
    const row = { id: randomUUID(), ...body }
    shelf.set(row.id, row)
    const isForgetful = names.indexOf(name) % 10 === 9
    return send(201, row, isForgetful ? {} : { Location: `/${name}/${row.id}` })
  })
}).listen(0, '127.0.0.1', function () {
  console.log(`listening on http://127.0.0.1:${this.address().port}`)
})
