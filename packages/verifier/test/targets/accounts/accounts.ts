import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Disguise, disguised, undisguised } from '../disguise.ts'

/** What a client sends. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly password: string
  readonly pin: string
}

/** Every decision that a flaw can change. */
export interface AccountChoices {
  /** What is shown of an account. */
  shows(account: Account, where: 'the create' | 'a read'): Record<string, unknown>
  /** Whether content of a type is read as JSON. */
  reads(mediaType: string): boolean
  /** Whether a request from an origin is let in. */
  letsIn(headers: http.IncomingHttpHeaders): boolean
  /** The answer to OPTIONS: its Allow, or none. */
  allow(): string | undefined
  /** Bytes of content, and what more of it is answered with; `close` ends the connection instead. */
  readonly limit: number
  tooLarge(): number | 'close'
  /** How many creates are not answered after content that was too large, until somebody starts the service again. */
  readonly unansweredAfter: number
}

/** The choices of a service without a flaw. */
export const sound: AccountChoices = {
  shows: ({ id, name }) => ({ id, name }),
  reads: (mediaType) => mediaType === 'application/json',
  letsIn: () => true,
  allow: () => 'GET, HEAD, POST, OPTIONS',
  limit: 100 * 1024,
  tooLarge: () => 413,
  unansweredAfter: 0,
}

/** A service where people register, known by their session cookie. */
export async function startAccounts(
  changed: Partial<AccountChoices> = {},
  disguise: Disguise = [],
): Promise<{ readonly document: string; count(): number; close(): Promise<void> }> {
  const choices = { ...sound, ...changed }
  const accounts = new Map<string, Account>()
  let unanswered = 0
  const server = http.createServer((request, response) => {
    const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      const type = status < 400 ? 'application/json' : 'application/problem+json'
      const worn = Object.entries(headers).map(([name, value]) => [name, disguised(value, disguise)] as const)
      const typed = body === undefined ? [] : [['Content-Type', type] as const]
      response.writeHead(status, Object.fromEntries([...typed, ...worn]))
      response.end(body === undefined ? undefined : disguised(JSON.stringify(body), disguise))
    }
    const refuse = (status: number, title: string) => answer(status, { title, status })
    const { pathname } = new URL(undisguised(request.url ?? '/', disguise), 'http://localhost')
    const id = /^\/accounts\/([^/]+)$/.exec(pathname)?.[1]
    const handle = (content: string) => {
      if (pathname === '/openapi.json') return answer(200, documentOf(originOf(server)))
      if (request.headers.cookie !== undefined && !request.headers.cookie.includes('session='))
        return refuse(403, 'unknown session')
      if (id !== undefined) return one(id)
      if (pathname !== '/accounts') return refuse(404, 'not found')
      if (request.method === 'GET')
        return answer(
          200,
          [...accounts.values()].map((each) => choices.shows(each, 'a read')),
        )
      if (request.method === 'OPTIONS') {
        const allow = choices.allow()
        return answer(204, undefined, allow === undefined ? {} : { Allow: allow })
      }
      if (request.method !== 'POST')
        return answer(405, { title: 'method not allowed', status: 405 }, { Allow: 'GET, POST' })
      if (!choices.letsIn(request.headers)) return refuse(403, 'not from here')
      if (!choices.reads(typeOf(request))) return refuse(415, 'unsupported media type')
      const input = parsed(content)
      if (input === undefined) return refuse(400, 'malformed')
      const { name, password, pin } = input
      if (![name, password, pin].every((text) => typeof text === 'string' && text.length >= 6))
        return refuse(400, 'invalid')
      const account = { id: randomUUID(), name, password, pin } as Account
      accounts.set(account.id, account)
      answer(201, choices.shows(account, 'the create'), { Location: `/accounts/${account.id}` })
    }
    const one = (key: string) => {
      const found = accounts.get(key)
      if (found === undefined) return refuse(404, 'not found')
      if (request.method !== 'DELETE') return answer(200, choices.shows(found, 'a read'))
      accounts.delete(key)
      answer(204)
    }
    const chunks: Buffer[] = []
    let size = 0
    request.on('error', () => {})
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= choices.limit) chunks.push(chunk)
      else if (choices.tooLarge() === 'close') request.socket.destroy()
    })
    request.on('end', () => {
      if (request.method === 'POST' && unanswered > 0) {
        unanswered--
        request.socket.destroy()
        return
      }
      if (size <= choices.limit) return handle(Buffer.concat(chunks).toString())
      unanswered = choices.unansweredAfter
      refuse(Number(choices.tooLarge()), 'too large')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    document: `${originOf(server)}/openapi.json`,
    count: () => accounts.size,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function originOf(server: http.Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function typeOf({ headers }: http.IncomingMessage): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
}

function parsed(content: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(content)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return undefined
  }
}

function documentOf(origin: string): unknown {
  const text = { type: 'string', minLength: 6, maxLength: 60 }
  const properties = { name: text, password: text, pin: { ...text, writeOnly: true } }
  const schema = { type: 'object', required: Object.keys(properties), properties }
  const path = { name: 'accountId', in: 'path', required: true, schema: { type: 'string' } }
  return {
    openapi: '3.1.0',
    info: { title: 'accounts', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/accounts': {
        post: {
          operationId: 'register',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 201: { description: 'created' } },
        },
        get: { responses: { 200: { description: 'all' } } },
      },
      '/accounts/{accountId}': {
        parameters: [path],
        get: { responses: { 200: { description: 'one' } } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
  }
}
