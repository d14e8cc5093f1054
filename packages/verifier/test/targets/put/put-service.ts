import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Answering } from '../serve.ts'
import { parseJson } from '../styles/parse-json.ts'
import { type PutDecisions, rightly, type Thing } from './put-decisions.ts'
import { putDocument } from './put-document.ts'
import type { PutStyle } from './put-style.ts'
import { putFaults } from './put-validation.ts'
import type { PutWords } from './put-words.ts'

/** An API whose clients name what they create: correct in its style, but for what a fault decides otherwise. */
export function createPutService(style: PutStyle, words: PutWords, fault: Partial<PutDecisions>) {
  const decide: PutDecisions = { ...rightly, ...fault }
  // By path; what lies below a parent has a longer one.
  let things = new Map<string, Thing>()

  async function handle(method: string, url: URL, headers: IncomingHttpHeaders, content: Buffer): Promise<Answering> {
    const { prefix, collection, parent } = words
    const parts = url.pathname.slice(prefix.length + 1).split('/')
    const isOwn = parts[style.nested ? 2 : 0] === collection
    const isParent = style.nested && parts[0] === parent && parts.length === 2
    if (!url.pathname.startsWith(`${prefix}/`) || (!isOwn && !isParent)) return refuse(404, 'not-found')
    const depth = isParent || !style.nested ? 1 : 3
    if (parts.length > depth + 1) return refuse(404, 'not-found')
    const path = `${prefix}/${parts.map(decodeURIComponent).join('/')}`
    if (parts.length === depth) {
      if (method === 'GET' && style.lists) return list(path)
      if (method === 'POST' && style.posts !== 'no') return await create(path, undefined, headers, content, isOwn)
      const allow = [...(style.lists ? ['GET'] : []), ...(style.posts === 'no' ? [] : ['POST'])]
      return { ...refuse(405, 'method-not-allowed'), headers: { Allow: allow.join(', '), 'Content-Type': problem } }
    }
    if (method === 'PUT') return await create(path, path.slice(path.lastIndexOf('/') + 1), headers, content, isOwn)
    const thing = things.get(path)
    if (thing === undefined) return refuse(404, 'not-found')
    if (method === 'GET') return { status: 200, headers: tagged(thing), body: wrapped(thing) }
    if (method !== 'DELETE' || !style.deletes) {
      const allow = ['GET', 'PUT', ...(style.deletes ? ['DELETE'] : [])].join(', ')
      return { ...refuse(405, 'method-not-allowed'), headers: { Allow: allow, 'Content-Type': problem } }
    }
    things.delete(path)
    return { status: 204 }
  }

  function list(folder: string): Answering {
    const own = [...things].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === folder)
    return { status: 200, body: decide.lists(own.map(([, thing]) => thing)) }
  }

  /** By PUT with a name, by POST without one. */
  async function create(
    place: string,
    name: string | undefined,
    headers: IncomingHttpHeaders,
    content: Buffer,
    isOwn: boolean,
  ): Promise<Answering> {
    const type = (headers['content-type'] ?? '').split(';')[0] ?? ''
    const isTaken = headers['if-none-match'] === '*' && name !== undefined && things.has(place)
    if (isTaken && decide.conditionFirst()) return refuse(412, 'precondition-failed')
    if (!decide.mediaType(type)) return refuse(415, 'unsupported-media-type')
    if (decide.refusesPreference() && headers['prefer'] !== undefined) return refuse(400, 'unknown-preference')
    const isStar = headers['if-none-match'] === '*'
    const isDemanded = isOwn && name !== undefined && style.demands !== 'nothing'
    if (isDemanded && !isStar && (style.demands === 405 || headers['if-match'] === undefined))
      return {
        ...refuse(decide.demandedStatus(Number(style.demands)), 'condition-required'),
        headers: { Allow: 'GET, DELETE', 'Content-Type': problem },
      }
    const folder =
      style.nested && isOwn
        ? place
            .split('/')
            .slice(0, words.prefix.split('/').length + 2)
            .join('/')
        : ''
    if (folder !== '' && decide.parentNeeded() && !things.has(folder)) return refuse(404, 'parent-not-found')
    const parsed = parseJson(content)
    if (parsed === undefined && decide.malformed() !== 'take')
      return refuse(decide.malformed() === 'crash' ? 500 : 400, 'malformed')
    const given = (parsed?.value ?? {}) as Thing
    const input = (isOwn && style.envelope === 'data' ? given['data'] : given) as Thing
    const faults = putFaults(input, style, words, name, isOwn)
    if (faults.length > 0 && decide.validates()) {
      const status = decide.invalidStatus(style.invalid)
      if (decide.storesRefused() && typeof input === 'object' && input !== null) store(place, name, input)
      return { ...refuse(status, 'invalid'), body: { ...decide.error('invalid'), errors: faults } }
    }
    if (name !== undefined) return await put(place, name, input, isStar, headers)
    return post(place, input)
  }

  async function put(
    path: string,
    name: string,
    input: Thing,
    isStar: boolean,
    headers: IncomingHttpHeaders,
  ): Promise<Answering> {
    const known = things.get(path)
    if (isStar && decide.starIsATag()) return refuse(412, 'precondition-failed')
    if (isStar && known !== undefined && decide.heedsStar()) {
      if (decide.replacesAllTheSame()) store(path, name, input)
      return decide.starStatus() === 304 ? { status: 304 } : refuse(decide.starStatus(), 'precondition-failed')
    }
    const wanted = headers['if-match']
    if (known !== undefined && wanted !== undefined && wanted !== tagOf(known))
      return refuse(412, 'precondition-failed')
    if (known !== undefined && style.replaced === 'never') return refuse(409, 'exists')
    const before = new Map(things)
    if (decide.losesUpdates()) for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve))
    if (decide.losesUpdates()) things = before
    const thing = store(path, name, input, known)
    if (decide.refusesAcceptAfter() && !/json|\*/.test(headers['accept'] ?? '*')) return refuse(406, 'not-acceptable')
    const usual = known === undefined ? 201 : Number(style.replaced)
    const status = decide.status(usual, known === undefined ? 'created' : 'replaced')
    return answered(status, path, thing, input)
  }

  function post(folder: string, input: Thing): Answering {
    const sent = input?.[words.id]
    if (sent !== undefined && style.posts === 'refuses ids') return refuse(403, 'ids-are-ours')
    const name = sent !== undefined && style.posts === 'takes ids' ? String(sent) : freshName()
    const path = `${folder}/${name}`
    const known = things.get(path)
    if (known !== undefined && decide.postWithKnownId() !== 'overwrite') {
      if (decide.postWithKnownId() === 'overwrite and refuse') store(path, name, input, known)
      return refuse(409, 'exists')
    }
    const { [words.id]: _, ...others } = input ?? {}
    const thing = store(path, name, others, known)
    return {
      ...answered(201, path, thing, input),
      headers: { Location: `${folder}/${encodeURIComponent(name)}`, ...tagged(thing) },
    }
  }

  function freshName(): string {
    return style.names === 'integer' ? String(randomInt(1, 1_000_000)) : randomUUID()
  }

  function store(path: string, name: string | undefined, input: Thing, known?: Thing): Thing {
    const { id, title, count, note, createdAt } = words
    const kept = [title, count, note, ...(decide.takesServerMembers() ? [createdAt] : [])]
    const taken = Object.entries(input ?? {}).filter(([member]) => kept.includes(member) || decide.keepsUnknown())
    const own = style.names === 'integer' ? Number(name) : name
    const stored = decide.stores(Object.fromEntries(taken))
    const added = style.asSent ? {} : { [createdAt]: known?.[createdAt] ?? new Date().toISOString() }
    const thing: Thing = { ...added, ...stored, [id]: own }
    if (stored !== undefined) things.set(path, thing)
    return thing
  }

  function answered(status: number, path: string, thing: Thing, input: Thing): Answering {
    const location = style.location && status === 201 ? decide.location(path) : undefined
    const tag = style.asSent || decide.tagsPut() ? tagged(thing) : {}
    const headers = { ...(location === undefined ? {} : { Location: location }), ...tag }
    const isBare = status === 204 || style.content === 'none'
    return { status, headers, ...(isBare ? {} : { body: wrapped(decide.answers(thing, input)) }) }
  }

  const wrapped = (thing: Thing): Thing => (style.envelope === 'data' ? { data: thing } : thing)
  const tagOf = (thing: Thing) => `"${createHash('sha256').update(JSON.stringify(thing)).digest('hex').slice(0, 16)}"`
  const tagged = (thing: Thing): Record<string, string> => (style.etag ? { ETag: tagOf(thing) } : {})

  function refuse(status: number, code: string): Answering {
    return { status, headers: { 'Content-Type': problem }, body: { ...decide.error(code), status } }
  }

  return { handle, document: (origin: string) => putDocument(style, words, origin), count: () => things.size }
}

const problem = 'application/problem+json'
