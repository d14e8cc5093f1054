import { randomUUID } from 'node:crypto'
import { refusals, said } from '../said.ts'
import { type Answering, serve } from '../serve.ts'
import { parseJson } from '../styles/parse-json.ts'
import { faultsOf, properties, required } from '../styles/schema.ts'
import { inward, outward, plainWords, type Words } from '../styles/words.ts'

/** What an answer of the service can be made of. */
export interface Work {
  readonly origin: string
  /** The path of the job, and of what it makes. */
  readonly job: string
  readonly path: string
  readonly jobId: string
  readonly id: string
  readonly isDone: boolean
  /** Why the work failed, once it is done. */
  readonly failure?: string
  /** What is made, as it is shown. */
  readonly resource: Readonly<Record<string, unknown>>
}

/** Every choice of a service that creates later, right or wrong. */
export interface JobChoices {
  accepted(work: Work): Answering
  monitor(work: Work): Answering
  takesMs(): number
  /** Whether what is not there yet can be read all the same, as something pending. */
  showsPending(): boolean
  /** Whether bodies are only looked at when the work is done. */
  validatesLate(): boolean
  /** Whether a wish to answer at once, or later, is heard. */
  onPreference(prefer: string): 'by itself' | 'later'
  /** What is answered to a wish to be answered at once that is heard. */
  acceptedEarly(work: Work): Answering
  now(): number
  /** The answer to a create for which there is no time now, given how many there were. */
  busy(creates: number): Answering | undefined
}

const problem = (status: number, title: string, more: object = {}): Answering => ({
  status,
  headers: { 'Content-Type': 'application/problem+json' },
  body: { status, title, ...more },
})

/** A service that answers 202, and shows by a job how far it is; Location of the job leads to what was made. */
export const usualJobs: JobChoices = {
  accepted: ({ job }) => ({ status: 202, headers: { Location: job }, body: { status: 'pending' } }),
  monitor: ({ isDone, failure, path }) =>
    !isDone
      ? { status: 200, body: { status: 'running' } }
      : failure === undefined
        ? { status: 303, headers: { Location: path } }
        : { status: 200, body: { status: 'failed', error: { title: failure } } },
  takesMs: () => 400,
  showsPending: () => false,
  validatesLate: () => false,
  onPreference: () => 'by itself',
  acceptedEarly: ({ job }) => ({
    status: 202,
    headers: { Location: job, 'Preference-Applied': 'respond-async' },
    body: { status: 'pending' },
  }),
  now: () => Date.now(),
  busy: () => undefined,
}

interface Job {
  readonly jobId: string
  readonly id: string
  readonly readyAt: number
  readonly failure?: string
  readonly row: Record<string, unknown>
  deleted?: boolean
}

/** Starts a service that creates later, in words. */
export async function startJobs(given: Partial<JobChoices> = {}, words: Words = plainWords) {
  const choices = { ...usualJobs, ...given }
  const jobs: Job[] = []
  let creates = 0
  const base = `${words.prefix}/${words.collection}`
  const isDone = (job: Job) => choices.now() >= job.readyAt
  const workOf = (job: Job, origin: string): Work => ({
    origin,
    job: `${words.prefix}/jobs/${job.jobId}`,
    path: `${base}/${job.id}`,
    jobId: job.jobId,
    id: job.id,
    isDone: isDone(job),
    ...(job.failure === undefined ? {} : { failure: job.failure }),
    resource: outward({ id: job.id, status: isDone(job) ? 'ready' : 'pending', ...job.row }, words),
  })
  const isThere = (job: Job) =>
    job.failure === undefined && job.deleted !== true && (isDone(job) || choices.showsPending())
  const rows = () => jobs.filter(isThere)

  const running = await serve(
    (origin) => toDocument(origin, words),
    (method, url, headers, body) => {
      const { origin } = running
      const parts = url.pathname.slice(words.prefix.length + 1).split('/')
      if (parts[0] === 'jobs' || parts[0] === 'operations') {
        const job = jobs.find(({ jobId }) => jobId === parts[1])
        return job === undefined ? problem(404, 'unknown job') : choices.monitor(workOf(job, origin))
      }
      if (parts[0] !== words.collection) return problem(404, 'not found')
      if (parts[1] !== undefined) {
        const job = jobs.find((one) => one.id === parts[1] && isThere(one))
        if (job === undefined) return problem(404, 'unknown')
        if (method === 'DELETE') job.deleted = true
        return method === 'DELETE' ? { status: 204 } : { status: 200, body: workOf(job, origin).resource }
      }
      if (method === 'GET') return { status: 200, body: rows().map((job) => workOf(job, origin).resource) }
      if (method !== 'POST')
        return {
          ...problem(405, 'not allowed'),
          headers: { Allow: 'GET, POST', 'Content-Type': 'application/problem+json' },
        }
      if (!/^application\/json(;|$)/.test(headers['content-type'] ?? '')) return problem(415, 'JSON is wanted')
      const busy = choices.busy(++creates)
      if (busy !== undefined) return busy
      const parsed = parseJson(body)
      if (parsed === undefined) return problem(400, 'no JSON')
      const input = inward(parsed.value, words)
      const faults = faultsOf(input, 'strict')
      const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
      if (faults.length > 0 && !(choices.validatesLate() && isObject))
        return problem(400, 'invalid input', {
          errors: faults.map(({ pointer, detail }) => ({
            pointer: `/${words.members[pointer.slice(1)] ?? pointer.slice(1)}`,
            detail,
          })),
        })
      const later = choices.onPreference(String(headers['prefer'] ?? '')) === 'later'
      const job: Job = {
        jobId: randomUUID(),
        id: randomUUID(),
        readyAt: choices.now() + (later ? usualJobs.takesMs() : choices.takesMs()),
        ...(faults.length > 0 ? { failure: 'the input is invalid' } : {}),
        row: isObject ? (input as Record<string, unknown>) : {},
      }
      jobs.push(job)
      return later ? choices.acceptedEarly(workOf(job, origin)) : choices.accepted(workOf(job, origin))
    },
  )
  return { ...running, count: () => rows().length }
}

function toDocument(origin: string, words: Words) {
  const input = {
    type: 'object',
    required: required.map((name) => words.members[name] ?? name),
    properties: outward(properties, words),
    additionalProperties: false,
  }
  const one = { description: 'one' }
  const itemKey = { name: 'itemKey', in: 'path', required: true, schema: { type: 'string' } }
  return {
    openapi: '3.1.0',
    info: { title: words.collection, version: '1' },
    servers: [{ url: origin + words.prefix }],
    paths: {
      [`/${words.collection}`]: {
        post: {
          operationId: `add-${words.collection}`,
          requestBody: { required: true, content: { 'application/json': { schema: input } } },
          responses: { 201: said('created'), 202: said('accepted'), ...refusals },
        },
        get: { responses: { 200: { description: 'all' } } },
      },
      [`/${words.collection}/{itemKey}`]: {
        parameters: [itemKey],
        get: { responses: { 200: one } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
  }
}
