import { serve } from './serve.ts'

interface Task {
  readonly id: number
  readonly title: string
  readonly due: string | null
  readonly done: boolean
  readonly points: number
}

const problem = (
  status: number,
  title: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) => ({
  status,
  headers: { 'Content-Type': 'application/problem+json', ...headers },
  body: { type: 'about:blank', title, status, ...more },
})

/**
 * A correct API in another style: integer ids, `{ data }` envelopes, numbered pages, 422 for invalid content, an
 * absolute Location, keys that nobody asked for, decimals as text, more in the read than in the answer to the create.
 */
export async function startOtherStyle(): ReturnType<typeof serve> {
  const tasks: Task[] = []
  let last = 0
  return await serve(toDocument, (method, url, headers, body) => {
    const [, root, id, ...more] = url.pathname.split('/')
    if (root !== 'tasks' || more.length > 0 || id === '') return problem(404, 'Not Found')
    const allowed = id === undefined ? ['GET', 'POST'] : ['GET', 'DELETE']
    if (!allowed.includes(method)) return problem(405, 'Method Not Allowed', {}, { Allow: allowed.join(', ') })
    if (id !== undefined) {
      const task = tasks.find((one) => String(one.id) === id)
      if (task === undefined) return problem(404, 'Not Found')
      if (method === 'GET')
        return {
          status: 200,
          body: { data: { ...shown(task), history: [{ at: new Date().toISOString(), what: 'read' }] } },
        }
      tasks.splice(tasks.indexOf(task), 1)
      return { status: 204 }
    }
    if (method === 'GET') return page(tasks, Number(url.searchParams.get('page') ?? 1))
    if (headers['content-type']?.split(';')[0] !== 'application/json') return problem(415, 'Unsupported Media Type')
    const parsed = parse(body)
    if (parsed === undefined) return problem(400, 'Bad Request')
    const errors = errorsOf(parsed)
    if (errors.length > 0) return problem(422, 'Unprocessable Content', { errors })
    const input = parsed as { title: string; due?: string | null; points?: number }
    const task: Task = {
      id: ++last,
      title: input.title,
      due: input.due ?? null,
      done: false,
      points: input.points ?? 1,
    }
    tasks.unshift(task)
    return { status: 201, headers: { Location: `${url.origin}/tasks/${task.id}` }, body: { data: shown(task) } }
  })
}

const shown = (task: Task) => ({ ...task, due: task.due === null ? null : new Date(task.due).toISOString() })

function page(tasks: readonly Task[], number: number) {
  const size = 20
  const data = tasks.slice((number - 1) * size, number * size).map(({ id, title }) => ({ id, title }))
  return { status: 200, body: { data, meta: { page: number, total: tasks.length } } }
}

function parse(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    const value: unknown = JSON.parse(text)
    const names = [...text.matchAll(/"(title|due|points)"\s*:/g)].map(([, name]) => name)
    return new Set(names).size < names.length ? undefined : value
  } catch {
    return undefined
  }
}

function errorsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['the body is no object']
  const { title, due, points, ...rest } = value as Record<string, unknown>
  return [
    ...(typeof title === 'string' && title.length > 0 && [...title].length <= 80 ? [] : ['/title']),
    ...(due === undefined ||
    due === null ||
    (typeof due === 'string' && !Number.isNaN(Date.parse(due)) && /T/.test(due))
      ? []
      : ['/due']),
    ...(points === undefined || (Number.isInteger(points) && (points as number) >= 1 && (points as number) <= 13)
      ? []
      : ['/points']),
    ...Object.keys(rest).map((name) => `/${name}`),
  ]
}

function toDocument(origin: string): unknown {
  const input = {
    type: 'object',
    required: ['title'],
    additionalProperties: false,
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 80 },
      due: { type: ['string', 'null'], format: 'date-time' },
      points: { type: 'integer', minimum: 1, maximum: 13 },
    },
  }
  const json = (schema: unknown) => ({ 'application/json': { schema } })
  const one = {
    type: 'object',
    properties: {
      data: { type: 'object', properties: { id: { type: 'integer' }, done: { type: 'boolean' }, ...input.properties } },
    },
  }
  const refused = {
    'application/problem+json': {
      schema: { type: 'object', required: ['type', 'title', 'status'], properties: { status: { type: 'integer' } } },
    },
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Tasks', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/tasks': {
        post: {
          requestBody: {
            required: true,
            content: json({
              ...input,
              properties: { ...input.properties, due: { type: 'string', nullable: true, format: 'date-time' } },
            }),
          },
          responses: {
            201: {
              description: 'created',
              headers: { Location: { schema: { type: 'string' } } },
              content: json(one),
            },
            400: { description: 'no JSON', content: refused },
            415: { description: 'no JSON by its type', content: refused },
            422: { description: 'not valid', content: refused },
          },
        },
        get: {
          parameters: [{ name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } }],
          responses: { 200: { description: 'a page' } },
        },
      },
      '/tasks/{taskId}': {
        parameters: [{ name: 'taskId', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: { description: 'one' } } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
  }
}
