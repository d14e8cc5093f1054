import type { Reply, Row } from './decisions.ts'
import type { Style } from './style.ts'
import { outward, type Words } from './words.ts'

/** How one style writes resources, lists and errors. */
export interface Wire {
  readonly type: string
  resource(row: Row, path: string): unknown
  list(items: readonly unknown[], page: { total: number; next?: { href: string; token: string } }): Reply
  refusal(status: number, code: string, more: Readonly<Record<string, unknown>>): Reply
  /** The members of a resource within a request's body. */
  input(value: unknown): unknown
}

/** The wire of a style, in given words. */
export function wireOf(style: Style, words: Words, noun: string, origin: () => string): Wire {
  const type = style.envelope === 'json-api' ? 'application/vnd.api+json' : 'application/json'
  const listName = { data: 'data', result: 'result', 'json-api': 'data', hal: '', named: noun, none: 'items' }
  const resource = (row: Row, path: string): unknown => {
    const { parent: _, visibleAt: __, ...members } = row
    const shown = outward(style.ids === 'url' ? { ...members, id: origin() + path } : members, words)
    if (style.envelope === 'json-api') {
      const { [words.id]: id, ...attributes } = shown
      return { data: { type: noun, id: String(id), attributes, links: { self: path } } }
    }
    if (style.envelope === 'hal') return { ...shown, _links: { self: { href: path } } }
    if (style.envelope === 'data' || style.envelope === 'result') return { [style.envelope]: shown }
    return style.envelope === 'named' ? { [noun.replace(/s$/, '')]: shown } : shown
  }
  const list: Wire['list'] = (items, { total, next }) => {
    const headers = [['Content-Type', type] as const]
    const link = next === undefined ? [] : [['Link', `<${next.href}>; rel="next"`] as const]
    const inner = items.map((item) => {
      const members = item as Record<string, unknown>
      if (style.envelope === 'json-api') return members['data']
      return style.envelope === 'hal' || style.envelope === 'none' ? item : Object.values(members)[0]
    })
    if (style.envelope === 'hal') return { status: 200, headers, body: { _embedded: { [noun]: inner }, total } }
    const name = listName[style.envelope]
    const more =
      style.list === 'cursor'
        ? { next_cursor: next?.token ?? null }
        : style.list === 'pages' || style.list === 'offset'
          ? { meta: { total } }
          : {}
    if (style.list === 'array' || (style.list === 'link' && style.envelope === 'none'))
      return { status: 200, headers: [...headers, ...link], body: inner }
    return { status: 200, headers: [...headers, ...link], body: { [name]: inner, ...more } }
  }
  const refusal: Wire['refusal'] = (status, code, more) => {
    const title = code.replaceAll('-', ' ')
    const errors = (more['errors'] ?? []) as readonly { pointer: string; detail: string }[]
    if (style.errors === 'own')
      return { status, headers: [['Content-Type', 'application/json']], body: { error: title, ...more } }
    if (style.errors === 'json-api') {
      const listed = errors.length === 0 ? [{ detail: more['detail'] ?? title }] : errors
      const body = {
        errors: listed.map(({ detail, ...one }) => ({
          status: String(status),
          title,
          detail,
          ...('pointer' in one ? { source: { pointer: `/data/attributes${String(one.pointer)}` } } : {}),
        })),
      }
      return { status, headers: [['Content-Type', type]], body }
    }
    const body = { type: `https://errors.example/${code}`, title, status, ...more }
    return { status, headers: [['Content-Type', 'application/problem+json']], body }
  }
  const input: Wire['input'] = (value) => {
    if (style.envelope !== 'json-api') return value
    const data = (value as { data?: { attributes?: unknown; type?: unknown } } | null)?.data
    return data?.type === noun ? data.attributes : undefined
  }
  return { type, resource, list, refusal, input }
}
