import type { JobChoices, Work } from './jobs.ts'

/** One right way to create later. */
export interface JobStyle {
  readonly name: string
  readonly choices: Partial<JobChoices>
}

const style = (name: string, choices: Partial<JobChoices>): JobStyle => ({ name, choices })
const failed = (failure: string) => ({ status: 'Failed', error: { code: 'Invalid', message: failure } })

/** Hears the wish to be answered before the work is done. */
export const hears = (prefer: string): 'by itself' | 'later' => (/respond-async/.test(prefer) ? 'later' : 'by itself')

/** The ways of the usual guidelines. */
export const jobStyles: readonly JobStyle[] = [
  style('Location of a job that redirects', {}),
  style('Operation-Location', {
    accepted: ({ origin, job }) => ({
      status: 202,
      headers: { 'Operation-Location': `${origin}${job}?api-version=1`, 'Retry-After': '1' },
    }),
    monitor: ({ isDone, failure, jobId, origin, path }) => ({
      status: 200,
      headers: isDone ? {} : { 'Retry-After': '1' },
      body: !isDone
        ? { id: jobId, status: 'Running' }
        : failure === undefined
          ? { id: jobId, status: 'Succeeded', resourceLocation: origin + path }
          : failed(failure),
    }),
  }),
  style('a named operation with its response', {
    accepted: ({ jobId }) => ({ status: 202, body: { name: `operations/${jobId}`, done: false } }),
    monitor: ({ isDone, failure, jobId, resource }) => ({
      status: 200,
      body: {
        name: `operations/${jobId}`,
        done: isDone,
        ...(isDone ? (failure === undefined ? { response: resource } : { error: { code: 3, message: failure } }) : {}),
      },
    }),
  }),
  style('202 until the result', {
    accepted: ({ job }) => ({ status: 202, headers: { Location: job, 'Preference-Applied': 'respond-async' } }),
    monitor: ({ isDone, failure, resource, path }) =>
      !isDone
        ? { status: 202, headers: { 'Retry-After': '1' } }
        : failure === undefined
          ? { status: 200, headers: { AsyncResult: '201', Location: path }, body: resource }
          : { status: 200, headers: { AsyncResult: '400' }, body: { error: { message: failure } } },
  }),
  style('Retry-After as a date', {
    accepted: ({ job }) => ({
      status: 202,
      headers: { Location: job, 'Retry-After': new Date(Date.now() + 1000).toUTCString() },
    }),
  }),
  style('201 at the monitor', {
    monitor: ({ isDone, resource, path }) =>
      isDone
        ? { status: 201, headers: { Location: path }, body: resource }
        : { status: 200, body: { state: 'IN_PROGRESS' } },
  }),
  style('JSON:API', {
    accepted: (work) => ({
      status: 202,
      headers: { 'Content-Location': work.job },
      body: { data: { ...jsonApiJob(work, 'pending'), links: { self: work.job } } },
    }),
    monitor: (work) =>
      work.isDone
        ? { status: 303, headers: { Location: work.path } }
        : { status: 200, body: { data: jsonApiJob(work, 'processing') } },
  }),
  style('links in bodies', {
    accepted: ({ job, jobId }) => ({
      status: 202,
      body: { id: jobId, status: 'queued', _links: { status: { href: job } } },
    }),
    monitor: ({ isDone, path, jobId }) => ({
      status: 200,
      body: {
        id: jobId,
        state: isDone ? 'COMPLETED' : 'QUEUED',
        ...(isDone ? { _links: { result: { href: path } } } : {}),
      },
    }),
  }),
  style('an id at the end', {
    accepted: ({ job }) => ({ status: 202, body: { statusUrl: job } }),
    monitor: ({ isDone, id }) => ({
      status: 200,
      body: isDone ? { progress: 100, status: 'done', resourceId: id } : { progress: 40, status: 'working' },
    }),
  }),
  style('Location of what will be there', {
    accepted: ({ path, id }) => ({ status: 202, headers: { Location: path }, body: { id } }),
  }),
  style('what is pending can be read', {
    accepted: ({ path, resource }) => ({ status: 202, headers: { Location: path }, body: resource }),
    showsPending: () => true,
  }),
  style('the id alone', { accepted: ({ resource }) => ({ status: 202, body: resource }) }),
  style('a Link to the monitor', {
    accepted: ({ job }) => ({ status: 202, headers: { Link: `<${job}>; rel="status"` } }),
  }),
  style('input looked at later', { validatesLate: () => true }),
  style('201 for what is there at once, and 202 when asked', {
    accepted: ({ path, resource }) => ({ status: 201, headers: { Location: path }, body: resource }),
    takesMs: () => 0,
    onPreference: hears,
  }),
  style('201 for what is there at once, and 429 now and then', {
    accepted: ({ path, resource }) => ({ status: 201, headers: { Location: path }, body: resource }),
    takesMs: () => 0,
    busy: (creates) => (creates % 40 === 0 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined),
  }),
  style('201 for what is there at once', {
    accepted: ({ path, resource }) => ({ status: 201, headers: { Location: path }, body: resource }),
    takesMs: () => 0,
  }),
]

function jsonApiJob({ jobId }: Work, status: string) {
  return { type: 'jobs', id: jobId, attributes: { status } }
}
