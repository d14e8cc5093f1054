import type http from 'node:http'
import { type Listening, listen } from './listen.ts'

interface Task {
  readonly id: number
  readonly title: string
  readonly done: unknown
}

/** A request as the service saw it. */
interface Seen {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** The running service, with what it saw and what it has. */
export interface FlaskTutorial extends Listening {
  readonly seen: readonly Seen[]
  tasks(): readonly Task[]
  /** Called with each request, when it has come in. */
  onRequest(listener: (request: Seen) => void): void
}

/**
 * The service of a hundred Flask tutorials, with its flaws: a list in memory, ids by counting, 200 for a creation, no
 * Location, no validation (a missing member is a KeyError, hence a 500), and Werkzeug's HTML pages for errors. The
 * document is what flasgger makes of the docstrings. With `echoes`, a debugging aid answers what the client sent.
 */
export async function startFlaskTutorial({ echoes = false }: { echoes?: boolean } = {}): Promise<FlaskTutorial> {
  let tasks: Task[] = [{ id: 1, title: 'Buy groceries', done: false }]
  const seen: Seen[] = []
  let listener = (_request: Seen): void => {}

  const answer = (request: http.IncomingMessage, body: string): { status: number; content: unknown } => {
    const path = request.url!.split('?')[0]!
    const method = request.method!
    const echo = echoes ? { sent: { headers: request.rawHeaders, url: request.url } } : {}
    if (path === '/apispec_1.json') return { status: 200, content: document }
    if (path === '/tasks') {
      if (method === 'GET') return { status: 200, content: { tasks } }
      if (method !== 'POST') return htmlPage(405, 'Method Not Allowed')
      if (request.headers['content-type'] !== 'application/json') return htmlPage(415, 'Unsupported Media Type')
      const data = parsed(body)
      if (data === undefined) return htmlPage(400, 'Bad Request', echoes ? request.rawHeaders.join(' ') : '')
      if (data === null || data['title'] === undefined) {
        return htmlPage(500, 'Internal Server Error', echoes ? `KeyError with ${request.rawHeaders.join(' ')}` : '')
      }
      const task = { id: tasks.length + 1, title: data['title'] as string, done: data['done'] ?? false }
      tasks = [...tasks, task]
      return { status: 200, content: { task, ...echo } }
    }
    const id = Number(/^\/tasks\/(\d+)$/.exec(path)?.[1] ?? Number.NaN)
    if (Number.isNaN(id)) return htmlPage(404, 'Not Found')
    if (method === 'DELETE') {
      tasks = tasks.filter((task) => task.id !== id)
      return { status: 200, content: { result: true } }
    }
    if (method !== 'GET') return htmlPage(405, 'Method Not Allowed')
    const task = tasks.find((one) => one.id === id)
    return task === undefined ? htmlPage(404, 'Not Found') : { status: 200, content: { task } }
  }

  const listening = await listen((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('error', () => {})
    request.on('end', () => {
      const one = { method: request.method!, path: request.url!, body }
      seen.push(one)
      listener(one)
      const { status, content } = answer(request, body)
      const isPage = typeof content === 'string'
      response
        .writeHead(status, { 'Content-Type': isPage ? 'text/html; charset=utf-8' : 'application/json' })
        .end(isPage ? content : JSON.stringify(content))
    })
  })
  return {
    ...listening,
    seen,
    tasks: () => tasks,
    onRequest(next) {
      listener = next
    },
  }
}

/** What `request.get_json()` gives: undefined for what is no JSON. */
function parsed(body: string): Record<string, unknown> | null | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return undefined
  }
}

function htmlPage(status: number, title: string, more = ''): { status: number; content: string } {
  const content = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${more}</p>\n`
  return { status, content }
}

const taskId = { in: 'path', name: 'task_id', required: true, type: 'integer' }
const document = {
  swagger: '2.0',
  info: { title: 'A swagger API', version: '0.0.1', description: 'powered by Flasgger' },
  definitions: {
    Task: { properties: { done: { type: 'boolean' }, title: { type: 'string' } }, required: ['title'] },
  },
  paths: {
    '/tasks': {
      get: { summary: 'List tasks', responses: { 200: { description: 'A list of tasks' } } },
      post: {
        summary: 'Create a task',
        parameters: [{ in: 'body', name: 'body', required: true, schema: { $ref: '#/definitions/Task' } }],
        responses: { 200: { description: 'The task' } },
      },
    },
    '/tasks/{task_id}': {
      get: { summary: 'One task', parameters: [taskId], responses: { 200: { description: 'A task' } } },
      delete: { summary: 'Delete a task', parameters: [taskId], responses: { 200: { description: 'gone' } } },
    },
  },
}
