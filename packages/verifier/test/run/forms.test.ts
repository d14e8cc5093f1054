import { afterEach, describe, expect, it } from 'vitest'
import { loadTarget } from '../../src/index.ts'
import { notGreen, verifyTarget } from '../run-verify.ts'
import { type Answering, serve } from '../targets/serve.ts'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

const problem = (status: number, more: object = {}): Answering => ({
  status,
  headers: { 'Content-Type': 'application/problem+json', ...more },
  body: { type: 'about:blank', title: 'refused', status },
})

const fields = {
  type: 'object',
  required: ['name', 'qty'],
  properties: {
    name: { type: 'string' },
    qty: { type: 'integer', minimum: 1 },
    photo: { type: 'string', format: 'binary' },
  },
}

/** A shop that takes forms and nothing else, and stores what they say. */
async function formShop(document: (origin: string, path: (post: object) => object) => object, location = true) {
  const items = new Map<string, object>()
  let made = 0
  const shop = await serve(
    (origin) =>
      document(origin, (post) => ({
        '/items': { post, get: { responses: { 200: { description: '' } } } },
        '/items/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, type: 'string' }],
          get: { responses: { 200: { description: '' } } },
          delete: { responses: { 204: { description: '' } } },
        },
      })),
    async (method, url, headers, body) => {
      const path = url.pathname.replace(/^\/v1/, '')
      const id = /^\/items\/([^/]+)$/.exec(path)?.[1]
      if (path === '/items' && method === 'GET') return { status: 200, body: [...items.values()] }
      if (path === '/items' && method === 'POST') {
        const type = headers['content-type'] ?? ''
        if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(type)) return problem(415)
        if (!/json|\*\/\*/.test(headers.accept ?? '*/*')) return problem(406)
        const form = await new Response(Uint8Array.from(body), { headers: { 'Content-Type': type } })
          .formData()
          .catch(() => undefined)
        const qty = Number(form?.get('qty'))
        if (form === undefined || !form.get('name') || !Number.isInteger(qty) || qty < 1) return problem(422)
        made += 1
        const item = { id: String(made), name: form.get('name'), qty }
        items.set(item.id, item)
        return { status: 201, ...(location && { headers: { Location: `/v1/items/${made}` } }), body: item }
      }
      if (path === '/items') return problem(405, { Allow: 'GET, POST' })
      const item = items.get(id ?? '')
      if (item === undefined) return problem(404)
      if (method === 'DELETE') return items.delete(id ?? '') ? { status: 204 } : problem(404)
      return method === 'GET' ? { status: 200, body: item } : problem(405, { Allow: 'GET, DELETE' })
    },
  )
  close = shop.close
  return { ...shop, left: () => items.size }
}

const openapi = (mediaType: string) => (origin: string, pathsOf: (post: object) => object) => ({
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: `${origin}/v1` }],
  paths: pathsOf({
    requestBody: { required: true, content: { [mediaType]: { schema: fields } } },
    responses: {
      201: {
        description: '',
        headers: { Location: { schema: { type: 'string' } } },
        content: { 'application/json': { schema: { type: 'object', required: ['id', 'name', 'qty'] } } },
      },
      default: { description: '', content: { 'application/problem+json': {} } },
    },
  }),
})

const swagger = (origin: string, pathsOf: (post: object) => object) => ({
  swagger: '2.0',
  info: { title: 'Shop', version: '1' },
  host: new URL(origin).host,
  basePath: '/v1',
  schemes: ['http'],
  paths: pathsOf({
    consumes: ['application/x-www-form-urlencoded'],
    parameters: [
      { name: 'name', in: 'formData', required: true, type: 'string' },
      { name: 'qty', in: 'formData', required: true, type: 'integer', minimum: 1 },
    ],
    produces: ['application/json', 'application/problem+json'],
    responses: {
      201: {
        description: '',
        headers: { Location: { type: 'string' } },
        schema: { type: 'object', required: ['id', 'name', 'qty'] },
      },
      default: { description: '' },
    },
  }),
})

describe('a creation that takes a form', () => {
  it.each([
    ['of OpenAPI 3, URL-encoded', openapi('application/x-www-form-urlencoded')],
    ['of OpenAPI 3, multipart, with a photo that need not be sent', openapi('multipart/form-data')],
    ['of Swagger 2.0, below a base path', swagger],
  ])('%s, is judged without a finding where it is right, and cleaned up', async (_, document) => {
    const shop = await formShop(document)
    const target = await loadTarget(shop.document)
    const { report } = await verifyTarget(target)
    expect(notGreen(report).filter((line) => !/ inconclusive: /.test(line))).toEqual([])
    expect(report.operations.map(({ judged }) => judged)).toEqual([true])
    for (const check of ['created-status-201', 'location-resolves', 'input-roundtrip', 'ids-unique-under-load'])
      expect([check, report.results.find((one) => one.check === check)?.verdict]).toEqual([check, 'pass'])
    expect(report.leftovers).toEqual([])
    expect(shop.left()).toBe(0)
  })

  it('is told what is wrong with it', async () => {
    const shop = await formShop(openapi('application/x-www-form-urlencoded'), false)
    const { report } = await verifyTarget(await loadTarget(shop.document))
    const found = report.results.filter(({ verdict }) => verdict === 'fail')
    expect(found.map(({ check }) => check)).toEqual(['location-present'])
    expect(found[0]?.reproduce).toMatch(/application\/x-www-form-urlencoded' --data-binary 'name=/)
  })

  it('is left alone where it needs a file', async () => {
    const needing = { ...fields, required: ['name', 'photo'] }
    const shop = await formShop((origin, pathsOf) => ({
      ...openapi('application/json')(origin, pathsOf),
      paths: pathsOf({
        requestBody: { content: { 'multipart/form-data': { schema: needing } } },
        responses: { 201: { description: '' } },
      }),
    }))
    await expect(loadTarget(shop.document)).rejects.toMatchObject({
      code: 'no-creation',
      seen: ['POST /items: it takes multipart/form-data and neither JSON nor a form of text (an upload)'],
    })
  })
})
