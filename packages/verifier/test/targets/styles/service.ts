import { createHash } from 'node:crypto'
import { type About, type Decisions, type Fault, type Key, type Reply, type Row, right } from './decisions.ts'
import { documentOf } from './document.ts'
import { parseJson } from './parse-json.ts'
import { faultsOf, properties, softened } from './schema.ts'
import type { Style } from './style.ts'
import { wireOf } from './wire.ts'
import { inward, type Words } from './words.ts'

/** A request, whatever host it came through. */
export interface Incoming {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly keyLines: readonly string[]
  readonly body: Buffer
  /** Whether the client has left. */
  isGone(): boolean
}

interface Table {
  readonly noun: string
  readonly kind: 'own' | 'parent'
  rows: Row[]
  last: number
}

interface Recorded {
  readonly fingerprint: string
  readonly reply: Reply | 'in flight'
}

const pageSize = 20

/** An API in a style and in words: correct, but for what a fault decides otherwise. */
export function createService(style: Style, words: Words, fault: Partial<Decisions>, origin: () => string) {
  const decide: Decisions = { ...right, ...fault }
  const own: Table = { noun: words.collection, kind: 'own', rows: [], last: 0 }
  const shops: Table = { noun: words.parent, kind: 'parent', rows: [], last: 0 }
  const records = new Map<string, Recorded>()
  let inside = 0

  const turns = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve))
  }

  async function handle(request: Incoming): Promise<Reply> {
    const url = new URL(request.target, origin())
    if (url.pathname === '/openapi.json')
      return {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: documentOf(style, words, origin(), decide.declares),
      }
    const route = find(url.pathname)
    if (route === undefined) return refuse({ path: url.pathname, collection: '', prefer: '' }, 404, 'not-found')
    const { table, collection, parent, id } = route
    const context = { path: url.pathname, collection, prefer: String(request.headers['prefer'] ?? '') }
    const methods = id === undefined ? ['GET', 'POST'] : ['GET', ...(style.deletes ? ['DELETE'] : [])]
    if (!methods.includes(request.method))
      return refuse(context, 405, 'method-not-allowed', {}, [['Allow', methods.join(', ')]])
    if (id !== undefined) return single(context, request.method, table, id)
    if (request.method === 'GET' && table === own) {
      if (decide.createsByGet() && url.searchParams.has('action')) await createFromQuery(parent, url)
      const [line = ''] = request.keyLines
      const known = records.get(`${parent ?? ''} ${line.replaceAll('"', '')}`)?.reply
      if (decide.replaysReads() && known !== undefined && known !== 'in flight') return known
    }
    if (request.method === 'GET') return list(context, table, parent, url)
    inside++
    try {
      if (inside > decide.bears()) return refuse(context, 500, 'internal-error')
      return table.kind === 'parent' ? await createParent(context, request) : await once(context, request, parent)
    } finally {
      inside--
    }
  }

  type Context = Pick<About, 'path' | 'collection' | 'prefer'>

  const about = (context: Context, more: Pick<About, 'what'> & Partial<About>): About => ({
    ...context,
    prefix: words.prefix,
    origin: origin(),
    rows: own.rows,
    shown: (name) => words.members[name] ?? name,
    ...more,
  })
  const wire = (table: Table) => wireOf(style, words, table.noun, origin)

  function refuse(
    context: Context,
    status: number,
    code: string,
    more: Readonly<Record<string, unknown>> = {},
    headers: Reply['headers'] = [],
  ): Reply {
    const reply = wire(own).refusal(status, code, more)
    return decide.answer(
      { ...reply, headers: [...reply.headers, ...headers] },
      about(context, { what: 'refused', code }),
    )
  }

  function find(pathname: string) {
    if (!pathname.startsWith(`${words.prefix}/`)) return undefined
    const parts = pathname
      .slice(words.prefix.length + 1)
      .split('/')
      .map(decodeURIComponent)
    const under = (count: number) => `${words.prefix}/${parts.slice(0, count).join('/')}`
    if (parts.includes('')) return undefined
    const isNested = style.nested && parts.length > 2
    if (isNested ? parts[2] !== words.collection || parts[0] !== words.parent : false) return undefined
    if (isNested && parts.length <= 4)
      return { table: own, collection: under(3), parent: parts[1], id: parts[3] as string | undefined }
    const table = style.nested ? shops : own
    if (parts[0] !== table.noun || parts.length > 2) return undefined
    return { table, collection: under(1), parent: undefined, id: parts[1] as string | undefined }
  }

  async function createFromQuery(parent: string | undefined, url: URL): Promise<void> {
    const { action: _, ...members } = Object.fromEntries(url.searchParams)
    const input = inward(members, words) as Row
    insert(own, parent, input, await idFor(own, input))
  }

  const isVisible = (row: Row) => Date.now() >= Number(row['visibleAt'] ?? 0)

  function single(context: Context, method: string, table: Table, id: string): Reply {
    const row = table.rows.find((one) => String(one['id']) === id && isVisible(one))
    if (row === undefined) return refuse(context, 404, 'not-found')
    if (method === 'DELETE') {
      if (decide.onDelete() === 405) return refuse(context, 405, 'method-not-allowed', {}, [['Allow', 'GET']])
      if (decide.onDelete() === 'keeps') return { status: 204, headers: [] }
      table.rows = table.rows.filter((one) => one !== row)
      return { status: 204, headers: [] }
    }
    const { type, resource } = wire(table)
    const headers: Reply['headers'] = [['Content-Type', type], ...(style.etag ? [['ETag', etagOf(row)] as const] : [])]
    const reply = { status: 200, headers, body: resource(decide.shows(row, 'read'), context.path) }
    return decide.answer(reply, about(context, { what: 'read', row }))
  }

  function list(context: Context, table: Table, parent: string | undefined, url: URL): Reply {
    const settled = (row: Row) => Date.now() - Date.parse(String(row['createdAt'])) >= style.listLag
    const all = decide.lists(
      table.rows.filter((row) => row['parent'] === parent && isVisible(row) && (style.listLag === 0 || settled(row))),
    )
    const { pages, offset, cursor } = {
      pages: (Number(url.searchParams.get('page') ?? 1) - 1) * pageSize,
      offset: Number(url.searchParams.get('offset') ?? 0),
      cursor: Number(url.searchParams.get('cursor') ?? 0),
    }
    const start = { array: 0, enveloped: 0, pages, offset, cursor, link: cursor }[style.list]
    const limit = style.list === 'offset' ? Math.min(50, Number(url.searchParams.get('limit') ?? pageSize)) : pageSize
    const end = style.list === 'array' || style.list === 'enveloped' ? all.length : start + limit
    const { list: write, resource } = wire(table)
    const items = all
      .slice(start, end)
      .map((row) => resource(decide.shows(row, 'listed'), `${context.collection}/${row['id']}`))
    const next = end < all.length && (style.list === 'cursor' || style.list === 'link')
    const page = {
      total: all.length,
      ...(next ? { next: { href: `${context.collection}?cursor=${end}`, token: String(end) } } : {}),
    }
    return decide.answer(write(items, page), about(context, { what: 'listed' }))
  }

  async function createParent(context: Context, request: Incoming): Promise<Reply> {
    if (!right.mediaType(mediaTypeOf(request))) return refuse(context, 415, 'unsupported-media-type')
    const parsed = parseJson(request.body)
    return parsed === undefined
      ? refuse(context, 400, 'malformed-body')
      : await create(context, shops, undefined, parsed.value)
  }

  async function once(context: Context, request: Incoming, parent: string | undefined): Promise<Reply> {
    if (!decide.mediaType(mediaTypeOf(request))) return refuse(context, 415, 'unsupported-media-type')
    if (style.envelope === 'json-api') {
      if (decide.knowsTypes('content') && hasUnknownParameter(String(request.headers['content-type'])))
        return refuse(context, 415, 'unsupported-media-type')
      if (decide.knowsTypes('accept') && hasUnknownParameter(String(request.headers['accept'])))
        return refuse(context, 406, 'not-acceptable')
    }
    if (decide.refusesPreference(context.prefer)) return refuse(context, 400, 'unknown-preference')
    const unmet = !/json|\*/.test(String(request.headers['accept'] ?? '*'))
    if (unmet && decide.refusesAccept() === 'before') return refuse(context, 406, 'not-acceptable')
    const isBroken = decide.checksDigest() !== 'never' && !fitsDigest(request)
    if (isBroken && decide.checksDigest() === 'before') return refuse(context, 400, 'digest-mismatch')
    const late = (reply: Reply) => {
      if (isBroken) return refuse(context, 400, 'digest-mismatch')
      return unmet && decide.refusesAccept() === 'after' ? refuse(context, 406, 'not-acceptable') : reply
    }
    const key: Key = style.keys === 'none' ? { kind: 'none' } : decide.key(request.keyLines, parseKey)
    if (key.kind === 'invalid') return refuse(context, 400, 'idempotency-key-invalid')
    if (key.kind === 'none' && decide.needsKey(style.keys === 'required'))
      return refuse(context, 400, 'idempotency-key-missing')
    const parsed = parseJson(request.body)
    if (parsed === undefined && decide.malformed(request.body.toString()) === 'crash')
      return refuse(context, 500, 'internal-error')
    if (parsed === undefined && decide.malformed(request.body.toString()) === 'refuse')
      return refuse(context, 400, 'malformed-body')
    const value = parsed?.value
    if (key.kind === 'none' || !decide.usesKey()) return late(await create(context, own, parent, value))

    const name = `${parent ?? ''} ${key.text}`
    const fingerprint = decide.fingerprint(canonical(value), request.body.toString())
    const known = records.get(name)
    if (known?.reply === 'in flight' && decide.onInFlight() !== 'execute')
      return refuse(context, decide.onInFlight() as number, 'idempotency-key-in-flight', {}, [['Retry-After', '1']])
    if (known !== undefined && known.reply !== 'in flight') {
      const action = known.fingerprint === fingerprint ? 'replay' : decide.onReuse()
      if (action === 'crash') return refuse(context, 500, 'internal-error')
      if (action === 'overwrite') records.delete(name)
      if (action === 'refuse' || action === 'overwrite') return refuse(context, style.reuse, 'idempotency-key-reused')
      if (action === 'replay') return decide.answer(known.reply, about(context, { what: 'replayed' }))
    }
    await turns(decide.waits('looked the key up'))
    records.set(name, { fingerprint, reply: 'in flight' })
    await turns(decide.waits('claimed'))
    const reply = late(await create(context, own, parent, value))
    if (decide.onHangUp() !== 'completes') {
      for (let n = 0; n < 50 && !request.isGone(); n++) await turns(1)
      if (request.isGone()) {
        if (decide.onHangUp() === 'forgets the key') records.delete(name)
        return reply
      }
    }
    const kept = decide.keeps(reply)
    if (kept === 'record') records.set(name, { fingerprint, reply })
    if (kept === 'nothing') records.delete(name)
    return reply
  }

  function parseKey(lines: readonly string[]): Key {
    if (lines.length === 0) return { kind: 'none' }
    const [line = ''] = lines
    const quoted = /^"([^"\\]{1,200})"$/.exec(line)?.[1]
    const bare = /^[\w.-]{1,200}$/.test(line) ? line : undefined
    const text = { both: quoted ?? bare, bare, quoted }[style.spelling]
    return lines.length > 1 || text === undefined ? { kind: 'invalid' } : { kind: 'key', text }
  }

  async function create(context: Context, table: Table, parent: string | undefined, value: unknown): Promise<Reply> {
    if (
      style.nested &&
      table === own &&
      decide.parentNeeded() &&
      !shops.rows.some((one) => String(one['id']) === parent)
    )
      return refuse(context, 404, 'parent-not-found')
    if (
      style.envelope === 'json-api' &&
      table === own &&
      decide.knowsTypes('resource') &&
      hasOtherType(value, own.noun)
    )
      return refuse(context, 409, 'other-type')
    const given = inward(table === own ? wire(table).input(value) : value, words)
    const input = style.soft ? softened(given) : given
    const rules = table.kind === 'parent' ? 'parent' : style.soft ? 'open' : 'strict'
    const seen = faultsOf(input, rules).filter(
      ({ rule, pointer }) => rule !== 'additionalProperties' || !decide.takes().includes(pointer.slice(1)),
    )
    const faults = table === own ? decide.faults(seen, input) : seen
    if (faults === 'crash') return refuse(context, 500, 'internal-error')
    if (faults.length > 0) {
      if (decide.storesRefused() && typeof input === 'object' && input !== null) insert(table, parent, input as Row)
      return refuse(context, style.invalid, 'invalid-input', { errors: faults.map(named) })
    }
    const members = Object.fromEntries(
      Object.entries((input ?? {}) as Row).filter(
        ([name]) => name in properties || name === 'name' || decide.takes().includes(name),
      ),
    )
    const isUnique = table === own && style.duplicates !== 'none' && style.duplicates !== 'allow'
    const existing = isUnique
      ? decide.duplicate(table.rows.find((row) => row['parent'] === parent && row['code'] === members['code']))
      : undefined
    await turns(decide.waits('looked for a duplicate'))
    if (existing !== undefined) {
      const action = decide.onDuplicate()
      if (action === 'crash') return refuse(context, 500, 'internal-error')
      if (action === 'overwrite') Object.assign(existing, members)
      if (action !== 'by the style') return created(context, table, existing, members, 'created')
      if (style.duplicates === '200') return created(context, table, existing, members, 'existing')
      if (style.duplicates === '303')
        return { status: 303, headers: [['Location', `${context.collection}/${existing['id']}`]] }
      const name = words.members['code'] ?? 'code'
      return refuse(context, Number(style.duplicates), 'duplicate', { detail: `${name} ${members['code']} is taken` })
    }
    const before = [...table.rows]
    await turns(table === own && decide.losesUpdates() ? 2 : 0)
    const row = insert(table, parent, members, await idFor(table, members))
    if (table === own && decide.losesUpdates()) table.rows = [...before, row]
    await turns(decide.waits('inserted'))
    return created(context, table, row, members, 'created')
  }

  async function idFor(table: Table, members: Row): Promise<string | number> {
    const count = table.rows.length
    await turns(decide.waits('made the id'))
    return decide.id(style.ids, table.last, count, members)
  }

  function insert(table: Table, parent: string | undefined, members: Row, id?: string | number): Row {
    const made = id ?? decide.id(style.ids, table.last, table.rows.length, members)
    table.last += 1
    const stored = table === own ? decide.stores(members) : members
    const delay = style.created === '202' ? 60 : decide.commitsAfter()
    const row: Row = {
      id: made,
      status: 'new',
      createdAt: new Date().toISOString(),
      ...(stored ?? members),
      ...(parent === undefined ? {} : { parent }),
      ...(delay > 0 && table === own ? { visibleAt: Date.now() + delay } : {}),
    }
    if (stored !== undefined) table.rows.push(row)
    return row
  }

  function created(context: Context, table: Table, row: Row, input: Row, what: 'created' | 'existing'): Reply {
    const path = `${context.collection}/${encodeURIComponent(String(row['id']))}`
    const { type, resource } = wire(table)
    const relative = path.slice(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)
    const location = { path, absolute: origin() + path, relative }[style.location]
    const whole = resource(decide.shows(row, 'created'), path)
    const how = table.kind === 'parent' ? 'whole' : what === 'existing' ? 'whole' : style.created
    const id = wireOf(style, words, table.noun, origin).resource({ id: row['id'] }, path)
    const body = { whole, id, empty: undefined, '204': undefined, '202': { state: 'accepted' } }[how]
    const headers: Reply['headers'] = [
      ...(body === undefined ? [] : [['Content-Type', type] as const]),
      ['Location', location],
      ...(style.etag && table === own ? [['ETag', etagOf(row)] as const] : []),
    ]
    const status = what === 'existing' ? 200 : { whole: 201, id: 201, empty: 201, '204': 204, '202': 202 }[how]
    const reply = { status, headers, ...(body === undefined ? {} : { body }) }
    return table === own ? decide.answer(reply, about({ ...context, path }, { what, row, input })) : reply
  }

  function named({ pointer, detail }: Fault) {
    const [, first = '', ...rest] = pointer.split('/')
    return { pointer: ['', words.members[first] ?? first, ...rest].join('/'), detail }
  }

  return { handle, count: () => own.rows.length + shops.rows.length }
}

/** Tells whether content is what its Content-Digest by SHA-256 says, where it has one. */
function fitsDigest({ headers, body }: Incoming): boolean {
  const sent = /sha-256=:([^:]*):/.exec(String(headers['content-digest'] ?? ''))?.[1]
  return sent === undefined || sent === createHash('sha256').update(body).digest('base64')
}

function mediaTypeOf({ headers }: Incoming): string {
  const [type = ''] = String(headers['content-type'] ?? '').split(';')
  return type.trim().toLowerCase()
}

function etagOf(row: Row): string {
  return `"${String(row['id'])}-1"`
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`
}

/** Whether the type of JSON:API stands there, and only with a parameter that it does not have. */
function hasUnknownParameter(line: string): boolean {
  const types = line.split(',').filter((one) => one.trim().startsWith('application/vnd.api+json'))
  return types.length > 0 && types.every((one) => /;\s*(?!ext=|profile=|q=)\w/.test(one))
}

function hasOtherType(value: unknown, noun: string): boolean {
  const type = (value as { data?: { type?: unknown } } | null)?.data?.type
  return typeof type === 'string' && type !== noun
}
