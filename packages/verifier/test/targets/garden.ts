import { type Answering, serve } from './serve.ts'

type Row = Readonly<Record<string, unknown>>

/** An API of gardens, their beds, the plants in those, and notes about plants; the documents are served beside it. */
export async function startGarden(options: {
  /** Below which the API lies. @default '' */
  readonly base?: string
  /** Texts by path, given the origin. */
  readonly documents: (origin: string) => Readonly<Record<string, string>>
}): ReturnType<typeof serve> {
  const { base = '', documents } = options
  const rows = new Map<string, Row>()
  let last = 0
  let texts: Readonly<Record<string, string>> | undefined

  const create = (collection: string, body: Buffer): Answering => {
    let sent: unknown
    try {
      sent = JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(body))
    } catch {
      return { status: 400, body: { title: 'no JSON' } }
    }
    if (!isNode(sent)) return { status: 422, body: { title: 'no name, or a part without one, or a count below 1' } }
    const { plantId } = sent as Row
    if (collection === '/notes' && !rows.has(`${plantsOf(String(plantId))}`)) {
      return { status: 422, body: { title: 'there is no such plant' } }
    }
    last += 1
    const row = { ...(sent as Row), id: String(last) }
    rows.set(`${collection}/${last}`, row)
    return { status: 201, body: row, headers: { Location: `${base}${collection}/${last}` } }
  }
  const plantsOf = (id: string) => [...rows.keys()].find((path) => path.endsWith(`/plants/${id}`))

  return await serve(
    (origin) => {
      texts ??= documents(origin)
      return texts['/openapi.json']
    },
    (method, { pathname, origin }, _headers, body) => {
      texts ??= documents(origin)
      const text = texts[pathname]
      if (text !== undefined) return { status: 200, body: text, headers: { 'Content-Type': typeOf(pathname, text) } }
      if (!pathname.startsWith(`${base}/`)) return { status: 404, body: 'nothing here' }
      const path = pathname.slice(base.length)
      const segments = path.split('/').slice(1)
      const isCollection = segments.length % 2 === 1
      const parent = `/${segments.slice(0, isCollection ? -1 : -2).join('/')}`
      if (!/^\/(gardens(\/\d+(\/beds(\/\d+(\/plants(\/\d+)?)?)?)?)?|notes(\/\d+)?)$/.test(path)) {
        return { status: 404, body: { title: 'unknown' } }
      }
      if (parent !== '/' && !rows.has(parent)) return { status: 404, body: { title: 'the parent is unknown' } }
      if (isCollection && method === 'POST') return create(path, body)
      if (isCollection && method === 'GET') {
        const own = [...rows].filter(([key]) => key.slice(0, key.lastIndexOf('/')) === path)
        return { status: 200, body: own.map(([, row]) => row) }
      }
      if (isCollection) return { status: 405, headers: { Allow: 'GET, POST' } }
      const row = rows.get(path)
      if (row === undefined) return { status: 404, body: { title: 'unknown' } }
      if (method !== 'DELETE') return { status: 200, body: row }
      rows.delete(path)
      return { status: 204 }
    },
  )
}

function typeOf(pathname: string, text: string): string {
  return text.startsWith('{') && !/ya?ml$/.test(pathname) ? 'application/json' : 'application/yaml'
}

/** What the documents say of every body: a name, perhaps a count, and perhaps parts of the same kind. */
function isNode(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { name, count, parts } = value as Row
  if (typeof name !== 'string' || name === '') return false
  if (count !== undefined && !(Number.isInteger(count) && Number(count) >= 1)) return false
  return parts === undefined || (Array.isArray(parts) && parts.every(isNode))
}
