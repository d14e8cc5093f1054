import { serve } from './serve.ts'

const page = (status: number, title: string, text: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
})

/** What a first tutorial of a web framework leads to: no 201, no Location, no validation, ids by counting, pages for errors. */
export async function startFlaskTutorial(): ReturnType<typeof serve> {
  const items: Record<string, unknown>[] = []
  return await serve(toDocument, (method, url, headers, body) => {
    const [, root, id] = url.pathname.split('/')
    if (root !== 'items') return page(404, 'Not Found', 'The requested URL was not found on the server.')
    if (id !== undefined) {
      const item = items.find((one) => one['id'] === Number(id))
      if (item === undefined) return page(404, 'Not Found', 'The requested URL was not found on the server.')
      return method === 'GET'
        ? { status: 200, body: item }
        : page(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.', {
            Allow: 'GET, HEAD, OPTIONS',
          })
    }
    if (method === 'GET') return { status: 200, body: items }
    if (method !== 'POST')
      return page(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.', {
        Allow: 'GET, HEAD, OPTIONS, POST',
      })
    if (!/json/.test(headers['content-type'] ?? ''))
      return page(415, 'Unsupported Media Type', 'Did not attempt to load JSON data.')
    try {
      const item = { ...(JSON.parse(body.toString()) as object), id: items.length + 1 }
      items.push(item)
      return { status: 200, body: item }
    } catch {
      return page(400, 'Bad Request', 'The browser (or proxy) sent a request that this server could not understand.')
    }
  })
}

function toDocument(origin: string): unknown {
  const schema = {
    type: 'object',
    required: ['name', 'qty'],
    properties: { name: { type: 'string', minLength: 1 }, qty: { type: 'integer', minimum: 0 } },
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Items', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/items': {
        post: {
          operationId: 'addItem',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 200: { description: 'ok' } },
        },
        get: { responses: { 200: { description: 'all' } } },
      },
      '/items/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: { description: 'one' } },
        },
      },
    },
  }
}
