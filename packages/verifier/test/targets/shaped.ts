import { type Answering, serve } from './serve.ts'

/** One tea, as it is stored. */
export type Tea = Readonly<Record<string, unknown>> & { readonly id: string | number; readonly name: string }

type Schema = Readonly<Record<string, unknown>>

/** How an API shows what it has; the rest of it is plain and right. */
export interface Shape {
  /** The list that a request asks for; all of it by default. */
  readonly page?: (
    teas: readonly Tea[],
    url: URL,
  ) => { readonly items: readonly Tea[]; readonly rest?: object; readonly headers?: Readonly<Record<string, string>> }
  /** The query parameters that the list declares. */
  readonly query?: readonly (Schema & { readonly name: string })[]
  /** What a list is answered as. @default the items */
  readonly many?: (shown: readonly unknown[], teas: readonly Tea[]) => unknown
  /** What one tea is answered as, by itself and in a list. */
  readonly one?: (shown: Readonly<Record<string, unknown>>) => unknown
  readonly item?: (tea: Tea, origin: string) => Readonly<Record<string, unknown>>
  readonly id?: (count: number, name: string) => string | number
  /** What the path of a tea ends with. @default its id */
  readonly end?: (tea: Tea) => string
  /** The request body around `name` and `qty`. */
  readonly sent?: { schema(tea: Schema): Schema; read(body: unknown): unknown }
  readonly hasLocation?: boolean
  /** The name of the path parameter. @default id */
  readonly parameter?: string
  /** Whether a name may be there once only. */
  readonly isUnique?: boolean
  /** How many teas were there before. @default 3 */
  readonly before?: number
  /** The fault: the list shows only what was there before. */
  readonly hidesNew?: boolean
}

const text = { type: 'string', minLength: 1 }
const tea = { type: 'object', required: ['name'], properties: { name: text, qty: { type: 'integer', minimum: 0 } } }

/** Starts an API of teas in a shape, with its document. */
export async function startShaped(shape: Shape): ReturnType<typeof serve> {
  const { id = (count) => count, sent = { schema: (own) => own, read: (body) => body } } = shape
  const { item = (own) => own, one = (own) => own, many = (own) => own, end = (own) => String(own.id) } = shape
  const { parameter = 'id', before = 3, hasLocation = true } = shape
  const teas: Tea[] = Array.from({ length: before }, (_, n) => ({
    id: id(n + 1, `old ${n}`),
    name: `old ${n}`,
    qty: n,
  }))
  const old = new Set(teas)
  let origin = ''
  let count = before

  const create = (body: Buffer): Answering => {
    let read: unknown
    try {
      read = sent.read(JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(body)))
    } catch {
      return { status: 400, body: { title: 'no JSON' } }
    }
    const { name, qty } = (read ?? {}) as Record<string, unknown>
    if (typeof name !== 'string' || name === '') return { status: 422, body: { title: 'name' } }
    if (qty !== undefined && !(Number.isInteger(qty) && Number(qty) >= 0))
      return { status: 422, body: { title: 'qty' } }
    if (shape.isUnique && teas.some((own) => own.name === name))
      return { status: 409, body: { title: 'name is taken' } }
    count += 1
    const made: Tea = { id: id(count, name), name, ...(qty !== undefined && { qty }) }
    teas.push(made)
    const headers = hasLocation ? { Location: `/teas/${encodeURIComponent(end(made))}` } : undefined
    return { status: 201, body: one(item(made, origin)), ...(headers && { headers }) }
  }

  const list = (url: URL): Answering => {
    const visible = shape.hidesNew ? teas.filter((own) => old.has(own)) : teas
    const { items, rest, headers } = shape.page?.(visible, url) ?? { items: visible }
    const shown = many(
      items.map((own) => item(own, origin)),
      items,
    )
    return {
      status: 200,
      body: rest === undefined ? shown : { ...(shown as object), ...rest },
      ...(headers && { headers }),
    }
  }

  const document = (own: string) => {
    const body = { required: true, content: { 'application/json': { schema: sent.schema(tea) } } }
    const at = [{ name: parameter, in: 'path', required: true, schema: { type: 'string' } }]
    const query = (shape.query ?? []).map((declared) => ({ in: 'query', schema: { type: 'integer' }, ...declared }))
    return {
      openapi: '3.1.0',
      info: { title: 'teas', version: '1' },
      servers: [{ url: own }],
      paths: {
        '/teas': {
          get: { parameters: query, responses: { 200: { description: 'all' } } },
          post: { requestBody: body, responses: { 201: { description: 'created' } } },
        },
        [`/teas/{${parameter}}`]: {
          parameters: at,
          get: { responses: { 200: { description: 'one' } } },
          delete: { responses: { 204: { description: 'gone' } } },
        },
      },
    }
  }

  const target = await serve(document, (method, url, _headers, body) => {
    origin = url.origin
    const segment = url.pathname.split('/')[2]
    if (segment === undefined || segment === '') return method === 'POST' ? create(body) : list(url)
    const wanted = decodeURIComponent(segment)
    const at = teas.findIndex((own) => end(own) === wanted)
    const found = teas[at]
    if (found === undefined) return { status: 404, body: { title: 'unknown' } }
    if (method !== 'DELETE') return { status: 200, body: one(item(found, origin)) }
    teas.splice(at, 1)
    return { status: 204 }
  })
  return target
}
