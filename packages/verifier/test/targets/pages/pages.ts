import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Disguise, disguised, undisguised } from '../disguise.ts'

/** A stored page; its slug is its name and its address. */
export interface Page {
  readonly slug: string
  readonly text: string
}

/** What a create carries besides its body. */
export interface Sent {
  readonly host: string
  readonly headers: http.IncomingHttpHeaders
}

/** Every decision of the wiki that a flaw, or another right way, can change. */
export interface PageChoices {
  refuses(slug: string): boolean
  /** The slug that is stored for the one that was sent. */
  stored(slug: string): string
  /** The Location of a page, as it is written on the wire. */
  location(slug: string, sent: Sent): string
  /** Whether a Location that no header can hold is noticed after the page is stored, by an exception. */
  failsLate(): boolean
  body(page: Page, sent: Sent): object
  /** Further header lines of a create. */
  headers(sent: Sent): readonly string[]
  /** The names that the host header may have. */
  knowsHost(host: string): boolean
  /** Milliseconds for which a key is remembered. */
  remembersMs(): number
  /** For how long the document says that a key is remembered. */
  documented(): string
  now(): number
}

/** The decisions of a wiki without a flaw. */
export const sound: PageChoices = {
  refuses: (slug) => /^(\.|%2e){1,2}$/i.test(slug),
  stored: (slug) => slug,
  location: (slug) => `/pages/${encodeURIComponent(slug)}`,
  failsLate: () => false,
  body: (page) => page,
  headers: () => [],
  knowsHost: () => true,
  remembersMs: () => 5000,
  documented: () => 'PT5S',
  now: () => 0,
}

/** A running wiki. */
export interface Wiki {
  readonly origin: string
  readonly document: string
  pages(): readonly Page[]
  close(): Promise<void>
}

/** Starts a wiki whose pages are found by a name that the client chooses, and which writes its answers by hand. */
export async function startPages(choices: Partial<PageChoices> = {}, disguise: Disguise = []): Promise<Wiki> {
  const wiki = { ...sound, ...choices }
  const pages = new Map<string, Page>()
  const records = new Map<string, { readonly answer: string; readonly until: number }>()
  let origin = ''

  const handle = (request: http.IncomingMessage, text: string): string => {
    const [, root, segment] =
      undisguised(request.url ?? '/', disguise)
        .split('?')[0]
        ?.split('/') ?? []
    if (root === 'openapi.json') return written(200, [], toDocument(origin, wiki.documented()))
    if (root !== 'pages') return written(404)
    if (segment !== undefined && segment !== '') {
      const slug = decodeURIComponent(segment)
      const page = pages.get(slug)
      if (page === undefined) return written(404)
      if (request.method === 'DELETE') pages.delete(slug)
      return request.method === 'DELETE' ? written(204) : written(200, [], page)
    }
    if (request.method === 'GET') return written(200, [], [...pages.values()])
    return create(request, JSON.parse(undisguised(text, disguise)) as Page)
  }

  const create = (request: http.IncomingMessage, input: Page): string => {
    const sent = { host: request.headers.host ?? '', headers: request.headers }
    if (!wiki.knowsHost(sent.host)) return written(421)
    const key = request.headers['idempotency-key']
    const known = typeof key === 'string' ? records.get(key) : undefined
    if (known !== undefined && known.until > wiki.now()) return known.answer
    const page = { ...input, slug: wiki.stored(input.slug) }
    if (wiki.refuses(page.slug)) return written(400)
    if (pages.has(page.slug)) return written(409)
    const location = wiki.location(page.slug, sent)
    pages.set(page.slug, page)
    // What Node does when such a header is set.
    if (wiki.failsLate() && /[^\t\x20-\x7e\x80-\xff]/.test(location)) return written(500)
    const answer = written(201, [`Location: ${location}`, ...wiki.headers(sent)], wiki.body(page, sent))
    if (typeof key === 'string') records.set(key, { answer, until: wiki.now() + wiki.remembersMs() })
    return answer
  }

  const written = (status: number, headers: readonly string[] = [], json?: unknown): string =>
    toAnswer(
      status,
      headers.map((line) => disguised(line, disguise)),
      json === undefined ? '' : disguised(JSON.stringify(json), disguise),
    )

  const server = http.createServer((request) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => request.socket.end(handle(request, Buffer.concat(chunks).toString())))
    request.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    document: `${origin}/openapi.json`,
    pages: () => [...pages.values()],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function toAnswer(status: number, headers: readonly string[], body: string): string {
  const lines = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    'Content-Type: application/json',
    'Connection: close',
    ...(status === 204 ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    ...headers,
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

function toDocument(origin: string, retention: string) {
  const text = { type: 'string', minLength: 1 }
  const schema = { type: 'object', required: ['slug', 'text'], properties: { slug: text, text } }
  return {
    openapi: '3.1.0',
    info: { title: 'Pages', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/pages': {
        post: {
          operationId: 'createPage',
          'x-creation': { naturalKey: ['slug'], duplicates: 'reject', idempotency: 'optional', retention },
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 201: { description: 'created' } },
        },
        get: { responses: { 200: { description: 'all' } } },
      },
      '/pages/{slug}': {
        parameters: [{ name: 'slug', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: { description: 'one' } } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
  }
}
