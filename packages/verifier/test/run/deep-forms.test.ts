import { afterEach, expect, test } from 'vitest'
import { notGreen, runVerify } from '../run-verify.ts'
import { serve } from '../targets/serve.ts'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

const address = {
  type: 'object',
  required: ['city', 'zip'],
  properties: {
    city: { type: 'string', minLength: 1 },
    zip: { type: 'integer', minimum: 1 },
    lines: { type: 'array', minItems: 1, items: { type: 'string' } },
  },
}
const schema = { type: 'object', required: ['name', 'address'], properties: { name: { type: 'string' }, address } }

/** What a form spells out of an address, read without anything of the verifier's. */
function addressIn(form: URLSearchParams): Record<string, unknown> {
  const lines = form.getAll('address[lines][]')
  return {
    city: form.get('address[city]') ?? '',
    zip: Number(form.get('address[zip]')),
    ...(lines.length > 0 && { lines }),
  }
}

/** A shop that takes forms as PHP, Rails and Express read them, and refuses an address that is not spelled out. */
async function startShop(encoding: object | undefined): Promise<string> {
  const rows = new Map<string, object>()
  const document = () => ({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: '/' }],
    paths: {
      '/people': {
        get: { responses: { 200: { description: 'all' } } },
        post: {
          requestBody: {
            required: true,
            content: { 'application/x-www-form-urlencoded': { schema, ...(encoding && { encoding }) } },
          },
          responses: { 201: { description: 'created' } },
        },
      },
      '/people/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: { description: 'one' } } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
  })
  const shop = await serve(document, (method, url, _headers, body) => {
    const id = url.pathname.split('/')[2]
    if (id === undefined && method === 'GET') return { status: 200, body: [...rows.values()] }
    if (id === undefined) {
      const form = new URLSearchParams(body.toString())
      const address = addressIn(form)
      if (!form.get('name') || !address['city'] || !(Number(address['zip']) >= 1)) return { status: 422 }
      const row = { id: String(rows.size + 1), name: form.get('name'), address }
      rows.set(row.id, row)
      return { status: 201, headers: { Location: `/people/${row.id}` }, body: row }
    }
    const row = rows.get(id)
    if (row === undefined) return { status: 404 }
    if (method === 'DELETE') rows.delete(id)
    return method === 'DELETE' ? { status: 204 } : { status: 200, body: row }
  })
  close = shop.close
  return shop.document
}

const checks = ['created-status-201', 'input-roundtrip', 'location-resolves']

test('an object in a form is spelled out where the document says deepObject, and read back whole', async () => {
  const { report } = await runVerify(await startShop({ address: { style: 'deepObject', explode: true } }), { checks })
  expect(notGreen(report)).toEqual([])
  const [first] = report.exchanges
  expect(new URLSearchParams(first?.request.body).get('address[zip]')).toMatch(/^\d+$/)
})

test('without that it is JSON, as OpenAPI says, which this shop does not take', async () => {
  const { report } = await runVerify(await startShop(undefined), { checks })
  expect(report.operations[0]?.judged).toBe(false)
})
