/** A small correct document; every test changes what it is about. */
export function shopDocument(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const book = {
    type: 'object',
    required: ['title'],
    properties: { id: { type: 'string', readOnly: true }, title: { type: 'string' }, pages: { type: 'integer' } },
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/books': {
        get: { operationId: 'listBooks', responses: { 200: { description: 'ok' } } },
        post: {
          operationId: 'createBook',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } },
          },
          responses: { 201: { description: 'created', headers: { Location: { schema: { type: 'string' } } } } },
        },
      },
      '/books/{bookId}': {
        parameters: [{ name: 'bookId', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'readBook', responses: { 200: { description: 'ok' } } },
        delete: { operationId: 'deleteBook', responses: { 204: { description: 'gone' } } },
      },
    },
    components: { schemas: { Book: book } },
    ...changes,
  }
}
