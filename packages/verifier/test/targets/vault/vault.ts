import type http from 'node:http'
import { type Disguise, disguised, undisguised } from '../disguise.ts'
import { type Answering, serve } from '../serve.ts'

/** A stored secret or tag; `owner` is nobody's business. */
export interface Row {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly text: string
}

/** Every decision of the vault that a flaw, or another right way, can change. */
export interface VaultChoices {
  /** What callers without valid credentials get. */
  unauthorised(): Answering
  knows(authorization: string | undefined): string | undefined
  /** Whether content is looked at before credentials. */
  validatesFirst(): boolean
  writesFirst(): boolean
  mayRead(row: Row, principal: string): boolean
  isSame(row: Row, name: string, principal: string): boolean
  conflict(existing: Row): Answering
  keyScope(principal: string, path: string): string
  /** Whether another body is told from the first. */
  comparesBodies(): boolean
  nextId(principal: string, rows: readonly Row[]): string
}

const principals: Readonly<Record<string, string>> = { 'Bearer alice-token-1': 'alice', 'Bearer bob-token-22': 'bob' }
const problem = (
  status: number,
  title: string,
  more: object = {},
  headers: Record<string, string> = {},
): Answering => ({
  status,
  headers: { 'Content-Type': 'application/problem+json', ...headers },
  body: { type: 'about:blank', title, status, ...more },
})

/** The decisions of a vault without a flaw. */
export const sound: VaultChoices = {
  unauthorised: () => problem(401, 'who are you', {}, { 'WWW-Authenticate': 'Bearer realm="vault"' }),
  knows: (authorization) => principals[authorization ?? ''],
  validatesFirst: () => false,
  writesFirst: () => false,
  mayRead: (row, principal) => row.owner === principal,
  isSame: (row, name, principal) => row.name === name && row.owner === principal,
  conflict: () => problem(409, 'the name is taken', { members: ['name'] }),
  keyScope: (principal, path) => `${principal} ${path}`,
  comparesBodies: () => true,
  nextId: () => crypto.randomUUID(),
}

/** The credentials of both principals. */
export const alice = [['Authorization', 'Bearer alice-token-1']] as const
export const bob = [['Authorization', 'Bearer bob-token-22']] as const

/** Starts a vault: secrets and tags that belong to who created them, with names that are unique and with keys. */
export async function startVault(
  choices: Partial<VaultChoices> = {},
  disguise: Disguise = [],
): ReturnType<typeof serve> {
  const vault = { ...sound, ...choices }
  const rows: Record<string, Row[]> = { secrets: [], tags: [] }
  const records = new Map<string, { body: string; answer: Answering }>()
  const answer = (method: string, url: URL, headers: http.IncomingHttpHeaders, bytes: Buffer): Answering => {
    const [, kind = '', id] = undisguised(url.pathname, disguise).split('/')
    const table = rows[kind]
    if (table === undefined) return problem(404, 'not found')
    const text = undisguised(bytes.toString(), disguise)
    const input = parse(text)
    const isCreate = method === 'POST' && id === undefined
    const invalid = isCreate && input === undefined ? problem(422, 'invalid content', { errors: ['/name'] }) : undefined
    if (vault.validatesFirst() && invalid !== undefined) return invalid
    const principal = vault.knows(headers.authorization)
    if (isCreate && vault.writesFirst() && input !== undefined && principal === undefined)
      table.push({ id: crypto.randomUUID(), owner: 'alice', ...input })
    if (principal === undefined) return vault.unauthorised()
    const mine = table.filter((row) => vault.mayRead(row, principal))
    if (id !== undefined) {
      const row = mine.find((one) => one.id === id)
      if (row === undefined) return problem(404, 'not found')
      if (method === 'GET') return { status: 200, body: shown(row) }
      table.splice(table.indexOf(row), 1)
      return { status: 204 }
    }
    if (method === 'GET') return { status: 200, body: mine.map(shown) }
    if (invalid !== undefined || input === undefined) return invalid ?? problem(422, 'invalid content')
    const key = headers['idempotency-key']
    const name = `${vault.keyScope(principal, kind)} ${String(key)}`
    const known = key === undefined ? undefined : records.get(name)
    if (known !== undefined)
      return known.body === text || !vault.comparesBodies() ? known.answer : problem(422, 'the key was used')
    const existing = table.find((row) => vault.isSame(row, input.name, principal))
    if (existing !== undefined) return vault.conflict(existing)
    const row = { id: vault.nextId(principal, table), owner: principal, ...input }
    table.push(row)
    const first = { status: 201, headers: { Location: `/${kind}/${row.id}` }, body: shown(row) }
    records.set(name, { body: text, answer: first })
    return first
  }
  const wear = <T>(value: T): T => JSON.parse(disguised(JSON.stringify(value), disguise)) as T
  return await serve(
    (origin) => wear(toDocument(origin)),
    (...request) => wear(answer(...request)),
  )
}

function shown({ owner: _, ...row }: Row) {
  return row
}

function parse(text: string): { name: string; text: string } | undefined {
  try {
    const { name, text: content } = JSON.parse(text) as Record<string, unknown>
    const isValid = typeof name === 'string' && typeof content === 'string' && name !== '' && name.length < 100
    return isValid ? { name, text: content } : undefined
  } catch {
    return undefined
  }
}

function toDocument(origin: string) {
  const text = { type: 'string', minLength: 1, maxLength: 99 }
  const schema = { type: 'object', required: ['name', 'text'], properties: { name: text, text } }
  const paths = Object.fromEntries(
    ['secrets', 'tags'].flatMap((kind) => [
      [
        `/${kind}`,
        {
          post: {
            operationId: `create-${kind}`,
            'x-creation': { naturalKey: ['name'], duplicates: 'reject', idempotency: 'optional', private: true },
            requestBody: { required: true, content: { 'application/json': { schema } } },
            responses: { 201: { description: 'created' } },
          },
          get: { responses: { 200: { description: 'all' } } },
        },
      ],
      [
        `/${kind}/{id}`,
        {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: { responses: { 200: { description: 'one' } } },
          delete: { responses: { 204: { description: 'gone' } } },
        },
      ],
    ]),
  )
  return {
    openapi: '3.1.0',
    info: { title: 'Vault', version: '1' },
    servers: [{ url: origin }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  }
}
