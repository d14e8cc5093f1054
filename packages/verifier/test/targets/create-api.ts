import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { type Disguise, type Kind, kinds, plain, renamedKeys, toDocument } from './bookshop.ts'
import { correct, type Hooks, type Remembered, type Stored } from './hooks.ts'

/** A running target. */
export interface RunningTarget {
  readonly url: string
  readonly document: string
  /** How many resources it holds. */
  count(): number
  close(): Promise<void>
}

interface Reply {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** Starts the bookshop on a free port: correct, but for the hooks that a flaw replaces. */
export async function startApi(flaw: Partial<Hooks> = {}, disguise: Disguise = plain): Promise<RunningTarget> {
  const hooks: Hooks = { ...correct, ...flaw }
  const shop = createShop(hooks, disguise)
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => {})
    request.on('end', () => {
      void shop.handle(request, Buffer.concat(chunks)).then((reply) => {
        if (reply === undefined) return
        response.writeHead(reply.status, reply.headers.flat() as string[])
        response.end(reply.body)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: origin + disguise.prefix,
    document: `${origin}/openapi.json`,
    count: shop.count,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** One turn of the event loop: time for every other request to get as far. */
async function turn(times = 1): Promise<void> {
  for (let n = 0; n < times; n++) await new Promise((resolve) => setImmediate(resolve))
}

const ajv = addFormats.default(new Ajv.default({ strict: false, allErrors: true }))
const validators = new Map(
  kinds.map(({ name, required, properties }) => [name, ajv.compile({ type: 'object', required, properties })]),
)

function createShop(hooks: Hooks, disguise: Disguise) {
  const tables = new Map(
    kinds.map((kind) => [
      kind.name,
      {
        kind,
        rows: [] as Stored[],
        last: 0,
        firstEver: '',
        validate: validators.get(kind.name)!,
      },
    ]),
  )
  const records = new Map<string, Remembered | 'in flight'>()
  const reads = new Map<string, number>()
  const original = Object.fromEntries(Object.entries(disguise.members).map(([own, shown]) => [shown, own]))

  const outward = (row: Stored): Stored => {
    const { id, parent: _, ...rest } = row
    return { [disguise.id.member]: id, ...renamedKeys(rest, disguise) }
  }
  const wrap = (value: unknown, envelope: string | undefined) =>
    envelope === undefined ? value : { [envelope]: value }
  const json = (status: number, value: unknown, headers: readonly (readonly [string, string])[] = []): Reply => ({
    status,
    headers: [['Content-Type', 'application/json'], ...headers],
    body: JSON.stringify(value),
  })
  const refuse = (
    code: string,
    usual: number,
    more: Record<string, unknown> = {},
    headers: readonly (readonly [string, string])[] = [],
  ): Reply => {
    const status = hooks.status(code, usual)
    const { body, type } = hooks.problem({
      type: `https://bookshop.example/problems/${code}`,
      title: code.replaceAll('-', ' '),
      status,
      ...more,
    })
    return {
      status,
      headers: [['Content-Type', type], ...headers],
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }
  }

  async function handle(request: http.IncomingMessage, bytes: Buffer): Promise<Reply | undefined> {
    const url = new URL(request.url ?? '/', 'http://shop')
    if (url.pathname === '/openapi.json') return json(200, toDocument(disguise, hooks.declares))
    if (request.method === 'POST' && hooks.limited())
      return refuse('too-many-requests', 429, {}, [['Retry-After', '1']])
    if (!url.pathname.startsWith(`${disguise.prefix}/`)) return refuse('not-found', 404)
    const route = find(
      url.pathname
        .slice(disguise.prefix.length + 1)
        .split('/')
        .map(decodeURIComponent),
    )
    if (route === undefined) return refuse('not-found', 404)
    const { table, parent, id } = route
    const methods = id === undefined ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD', 'DELETE']
    if (!methods.includes(request.method ?? '')) {
      const allow = hooks.allow(methods)
      return refuse('method-not-allowed', 405, {}, allow === undefined ? [] : [['Allow', allow]])
    }
    if (id !== undefined) return single(request.method ?? '', table, id)
    if (request.method === 'GET')
      return json(
        200,
        wrap(hooks.listed(table.rows.filter((row) => row['parent'] === parent)).map(outward), disguise.listEnvelope),
      )
    return await once(request, bytes, table, parent, url)
  }

  type Table = NonNullable<ReturnType<typeof tables.get>>

  function find(segments: readonly string[]): { table: Table; parent?: string; id?: string } | undefined {
    const byPath = (path: string | undefined, depth: 'top' | 'below') =>
      [...tables.values()].find(
        ({ kind }) => disguise.paths[kind.name] === path && (kind.parent === undefined) === (depth === 'top'),
      )
    const slash = segments.at(-1) === ''
    if (slash && hooks.redirect()?.slash !== true) return undefined
    const parts = slash ? segments.slice(0, -1) : segments
    if (parts.length === 1 || parts.length === 2) {
      const table = byPath(parts[0], 'top')
      return table === undefined ? undefined : { table, ...(parts[1] === undefined ? {} : { id: parts[1] }) }
    }
    const [above, parent, own, id] = parts
    const table = byPath(own, 'below')
    if (table === undefined || parent === undefined || above !== disguise.paths[table.kind.parent ?? 'books'])
      return undefined
    return { table, parent, ...(id === undefined ? {} : { id }) }
  }

  function single(method: string, table: Table, id: string): Reply {
    const row = table.rows.find((one) => String(one['id']) === id)
    if (method === 'DELETE') {
      if (row === undefined) return refuse('not-found', 404)
      table.rows.splice(table.rows.indexOf(row), 1)
      return { status: 204, headers: [], body: '' }
    }
    const seen = (reads.get(id) ?? 0) + 1
    reads.set(id, seen)
    if (row === undefined || !hooks.visible(seen)) return refuse('not-found', 404)
    return json(200, wrap(outward(row), disguise.envelope), [['ETag', hooks.etag(row, 'a read')]])
  }

  async function once(
    request: http.IncomingMessage,
    bytes: Buffer,
    table: Table,
    parent: string | undefined,
    url: URL,
  ): Promise<Reply | undefined> {
    const redirect = hooks.redirect()
    if (redirect !== undefined && !url.pathname.endsWith('/'))
      return { status: redirect.status, headers: [['Location', `${url.pathname}/`]], body: '' }
    const prefer = String(request.headers['prefer'] ?? '')
    if (hooks.preferenceError(prefer)) return refuse('unknown-preference', 400)
    const mediaType =
      String(request.headers['content-type'] ?? '')
        .split(';')[0]
        ?.trim()
        .toLowerCase() ?? ''
    if (!hooks.accepts(mediaType))
      return refuse('unsupported-media-type', 415, {}, [['Accept-Post', 'application/json']])
    const unmet = !/json|\*/.test(String(request.headers.accept ?? '*'))
    if (unmet && hooks.refusesAccept() === 'before creating') return refuse('not-acceptable', 406)
    const lines = request.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 && name.toLowerCase() === 'idempotency-key' ? [all[index + 1] ?? ''] : [],
    )
    const parsedKey = hooks.parseKey(lines)
    if (parsedKey.kind === 'invalid') return refuse('idempotency-key-invalid', 400)
    if (parsedKey.kind === 'none' && hooks.requiresKey(table.kind)) return refuse('idempotency-key-missing', 400)
    const content = parse(bytes)
    if (content.kind === 'malformed') return refuse('malformed-body', 400)
    if (parsedKey.kind === 'none' || !hooks.usesKey()) {
      const reply = await create(table, parent, content.value, prefer)
      return unmet && hooks.refusesAccept() === 'after creating' ? refuse('not-acceptable', 406) : reply
    }

    const name = `${table.kind.name} ${parent ?? ''} ${parsedKey.key}`
    const fingerprint = hooks.fingerprint(bytes.toString(), canonical(content.value))
    const known = records.get(name)
    if (known === 'in flight') return refuse('idempotency-key-in-flight', 409, {}, [['Retry-After', '1']])
    if (known !== undefined) {
      if (hooks.comparesFingerprint() && known.fingerprint !== fingerprint) return refuse('idempotency-key-reused', 422)
      return hooks.replayed(known)
    }
    if (hooks.gapBeforeClaim()) await turn(3)
    records.set(name, 'in flight')
    await turn()
    const reply = await create(table, parent, content.value, prefer)
    if (unmet && hooks.refusesAccept() === 'after creating') return refuse('not-acceptable', 406)
    if (hooks.forgetsAborted()) {
      for (let n = 0; n < 200 && !request.socket.destroyed && bytes.includes('"'); n++) await turn()
      if (request.socket.destroyed) return undefined
    }
    if (reply.status < 300 || hooks.remembersErrors()) records.set(name, { fingerprint, ...reply })
    else records.delete(name)
    return reply
  }

  function pointerOf(path: string, params: Record<string, unknown>): string {
    const missing = params['missingProperty']
    const names = [...path.split('/').slice(1), ...(typeof missing === 'string' ? [missing] : [])]
    return names.map((name) => `/${disguise.members[name] ?? name}`).join('')
  }

  function declaredOf(input: Stored, kind: Kind): Stored {
    return Object.fromEntries(Object.entries(input).filter(([name]) => name in kind.properties))
  }

  async function create(table: Table, parent: string | undefined, value: unknown, prefer: string): Promise<Reply> {
    const { kind } = table
    if (
      kind.parent !== undefined &&
      hooks.checksParent() &&
      !tables.get(kind.parent)?.rows.some((row) => String(row['id']) === parent)
    )
      return refuse('parent-not-found', 404)
    const input = isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [original[name] ?? name, member]))
      : value
    const valid = table.validate(input)
    if (!valid && hooks.validates()) {
      if (hooks.storesBeforeValidation() && isRecord(input)) insert(table, parent, input)
      const faults = table.validate.errors ?? []
      const refusal = refuse('invalid-input', 400, {
        errors: faults.map((one) => ({ pointer: pointerOf(one.instancePath, one.params), detail: one.message })),
      })
      const isMissing = faults.some(({ keyword }) => keyword === 'required')
      return isMissing ? { ...refusal, status: hooks.missingMember(refusal.status) } : refusal
    }
    const members = (isRecord(input) ? input : {}) as Stored
    const key = kind.naturalKey
    const existing =
      key === undefined
        ? undefined
        : table.rows.find((row) => row['parent'] === parent && key.every((name) => row[name] === members[name]))
    if (existing !== undefined) {
      const answer = hooks.unique(kind)
      if (answer === 'crash') return refuse('internal-error', 500)
      if (answer === 'answer 201') return answered(table, parent, existing, members, prefer)
      if (answer !== 'ignore' && kind.duplicates === 'reject') {
        return refuse('duplicate-resource', 409, { members: key?.map((name) => disguise.members[name] ?? name) })
      }
      if (answer !== 'ignore') {
        const reply = answered(table, parent, existing, members, prefer)
        const headers =
          answer === 'without Location' ? reply.headers.filter(([name]) => name !== 'Location') : reply.headers
        return { ...reply, status: 200, headers }
      }
    }
    if (hooks.gapBeforeInsert()) await turn(3)
    const count = table.rows.length
    if (hooks.gapBeforeId()) await turn(3)
    const row = insert(table, parent, members, count)
    if (!hooks.canAnswer(row)) return refuse('internal-error', 500)
    return answered(table, parent, row, members, prefer)
  }

  function insert(table: Table, parent: string | undefined, input: Stored, count = table.rows.length): Stored {
    const id = hooks.nextId(disguise.id.type, count, table.last)
    if (typeof id === 'number') table.last = Math.max(table.last, id)
    const row = {
      id,
      ...table.kind.defaults,
      ...hooks.stored(hooks.spreads() ? input : declaredOf(input, table.kind), table.kind),
      createdAt: '2030-01-01T00:00:00Z',
      ...(parent === undefined ? {} : { parent }),
    }
    table.rows.push(row)
    return row
  }

  function answered(table: Table, parent: string | undefined, row: Stored, input: Stored, prefer: string): Reply {
    const collection = `${disguise.prefix}/${table.kind.parent === undefined ? '' : `${disguise.paths[table.kind.parent]}/${parent}/`}${disguise.paths[table.kind.name]}`
    const path = `${collection}/${row['id']}`
    table.firstEver ||= path
    const headers: (readonly [string, string])[] = hooks
      .location(path, { collection, firstEver: table.firstEver })
      .map((line) => ['Location', line] as const)
    if (hooks.sendsContentLocation()) headers.push(['Content-Location', path])
    headers.push(['ETag', hooks.etag(row, 'the create')])
    const status = hooks.createdStatus()
    if (prefer === 'return=minimal') return { status, headers: [...headers, ['Preference-Applied', prefer]], body: '' }
    const shown = hooks.created(row, input)
    return shown === undefined
      ? { status, headers, body: '' }
      : json(status, 'message' in shown ? shown : wrap(outward(shown), disguise.envelope), headers)
  }

  return { handle, count: () => [...tables.values()].reduce((sum, { rows }) => sum + rows.length, 0) }
}

function parse(bytes: Buffer): { kind: 'value'; value: unknown } | { kind: 'malformed' } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    // The verifier writes its duplicate name first and again later, at the top level.
    const names = [...text.matchAll(/(?<=[{,])\s*"((?:[^"\\]|\\.)*)"\s*:/g)].map(([, name]) => name)
    if (isRecord(value) && new Set(names).size < names.length && countMembers(value) < names.length)
      return { kind: 'malformed' }
    return { kind: 'value', value }
  } catch {
    return { kind: 'malformed' }
  }
}

function countMembers(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countMembers(item), 0)
  if (!isRecord(value)) return 0
  return Object.values(value).reduce((sum: number, member) => sum + 1 + countMembers(member), 0)
}

function canonical(value: unknown): string {
  if (!isRecord(value)) return JSON.stringify(value)
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
