import type http from 'node:http'
import { type Listening, listen } from './listen.ts'

/** What is wrong with the notes, or different from them elsewhere. */
export interface NotesHabits {
  /** The status of a create. @default 201 */
  readonly created?: number
  /** What Location is for a path: `(path) => …`. @default the path */
  readonly location?: (path: string, request: http.IncomingMessage) => string | undefined
  /** Whether a retry with the same key creates another one. */
  readonly forgetsKeys?: boolean
  readonly acceptsAnything?: boolean
  /** What DELETE answers, without deleting. */
  readonly deleted?: number
  /** What a read shows instead of the text. */
  readonly shown?: string
  /** The path below which everything is. @default '' */
  readonly prefix?: string
  /** The credential without which everything but the document is 401. */
  readonly token?: string
  /** So many requests are answered 503 before it is ready. */
  readonly startsAfter?: number
  /** Header lines of every answer. */
  readonly headers?: Readonly<Record<string, string>>
  readonly version?: string
  readonly duplicates?: 'allow' | 'reject'
  readonly hasDelete?: boolean
  /** Called before a request is answered; the answer waits for it. */
  readonly before?: (request: http.IncomingMessage) => void | Promise<void>
}

/** Notes that are served, and what was asked of them. */
export interface Notes extends Listening {
  /** Everything that was asked, as `POST /notes`. */
  readonly asked: readonly string[]
  readonly requests: readonly http.IncomingMessage[]
  /** What exists. */
  readonly stored: ReadonlyMap<string, unknown>
}

/** Serves notes from memory: created with a key, read, listed and deleted. */
export async function startNotes(habits: NotesHabits = {}): Promise<Notes> {
  const { prefix = '', location = (path: string) => path } = habits
  const stored = new Map<string, { id: string; text: unknown }>()
  const byKey = new Map<string, string>()
  const asked: string[] = []
  const requests: http.IncomingMessage[] = []
  let number = 0
  const answer = (response: http.ServerResponse, status: number, body?: unknown, headers = {}): void => {
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    response.writeHead(status, { ...(body !== undefined && { 'Content-Type': type }), ...habits.headers, ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  const shown = (note: { id: string; text: unknown }) => ({ ...note, text: habits.shown ?? note.text })
  const create = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const body = JSON.parse(await textOf(request)) as { text?: unknown }
    if (!habits.acceptsAnything && typeof body.text !== 'string') return answer(response, 400, { title: 'no text' })
    if ((habits.created ?? 201) >= 400) return answer(response, habits.created ?? 500, { title: 'no' })
    const key = String(request.headers['idempotency-key'])
    const known = habits.forgetsKeys ? undefined : byKey.get(key)
    const id = known ?? `n${++number}`
    const note = { id, text: body.text }
    stored.set(id, note)
    byKey.set(key, id)
    const place = location(`${prefix}/notes/${id}`, request)
    answer(response, habits.created ?? 201, note, {
      ...(place !== undefined && { Location: place }),
      ...(known !== undefined && { 'Idempotent-Replayed': 'true' }),
    })
  }
  const served = await listen(async (request, response) => {
    await habits.before?.(request)
    const { method = '', url = '' } = request
    asked.push(`${method} ${url}`)
    requests.push(request)
    if (asked.length <= (habits.startsAfter ?? 0)) return answer(response, 503, { title: 'starting' })
    if (url === `${prefix}/openapi.json`) return answer(response, 200, documentOf(habits))
    const path = url.startsWith(`${prefix}/notes`) ? url.slice(prefix.length) : undefined
    if (path === undefined) return answer(response, 404, { title: 'not here' })
    if (habits.token !== undefined && request.headers.authorization !== `Bearer ${habits.token}`)
      return answer(response, 401, { title: 'who is that?' }, { 'WWW-Authenticate': 'Bearer' })
    const id = path.slice('/notes/'.length)
    const note = stored.get(id)
    if (path === '/notes' && method === 'POST') return await create(request, response)
    if (path === '/notes') return answer(response, 200, [...stored.values()].map(shown))
    if (note === undefined) return answer(response, 404, { title: 'no such note' })
    if (method === 'GET') return answer(response, 200, shown(note))
    if (habits.deleted !== undefined) return answer(response, habits.deleted, { title: 'no' })
    stored.delete(id)
    answer(response, 204)
  })
  return { ...served, url: served.url + prefix, asked, requests, stored }
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

function documentOf({ prefix = '', version = '1.0.0', duplicates = 'allow', hasDelete = true }: NotesHabits): object {
  const note = {
    type: 'object',
    required: ['id', 'text'],
    properties: { id: { type: 'string' }, text: { type: 'string' } },
  }
  const json = (schema: object) => ({ content: { 'application/json': { schema } } })
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }
  return {
    openapi: '3.1.0',
    info: { title: 'Notes', version },
    servers: [{ url: prefix === '' ? '/' : prefix }],
    paths: {
      '/notes': {
        get: { operationId: 'listNotes', responses: { 200: json({ type: 'array', items: note }) } },
        post: {
          operationId: 'createNote',
          parameters: [key],
          'x-creation': {
            duplicates,
            idempotency: 'required',
            ...(duplicates === 'reject' && { naturalKey: ['text'] }),
          },
          requestBody: {
            required: true,
            ...json({ type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 200 } } }),
          },
          responses: { 201: { headers: { Location: {} }, ...json(note) }, 400: {} },
        },
      },
      '/notes/{id}': {
        parameters: [id],
        get: { operationId: 'readNote', responses: { 200: json(note), 404: {} } },
        ...(hasDelete && { delete: { operationId: 'deleteNote', responses: { 204: {}, 404: {} } } }),
      },
    },
  }
}
