import { hears } from './job-styles.ts'
import { type JobChoices, usualJobs } from './jobs.ts'

/** One thing that is wrong with a service that creates later, and who must notice. */
export interface JobFlaw {
  readonly name: string
  readonly check: string
  readonly level: 'error' | 'warning' | 'note'
  readonly companions: readonly string[]
  readonly choices: Partial<JobChoices>
}

const flaw = (
  name: string,
  check: string,
  level: JobFlaw['level'],
  choices: Partial<JobChoices>,
  companions: readonly string[] = [],
): JobFlaw => ({ name, check, level, choices, companions })

const monitor = 'async-monitor-completes'
const early = 'async-202-not-201'

const atOnce: Partial<JobChoices> = {
  accepted: ({ path, resource }) => ({ status: 201, headers: { Location: path }, body: resource }),
  takesMs: () => 0,
}

/** Every flaw of what is made later. */
export const jobFlaws: readonly JobFlaw[] = [
  flaw('201 for what is made later', early, 'error', {
    accepted: ({ path, resource }) => ({ status: 201, headers: { Location: path }, body: resource }),
  }),
  flaw('201 two seconds before it is there', early, 'error', {
    accepted: ({ path, resource }) => ({ status: 201, headers: { Location: path }, body: resource }),
    takesMs: () => 2000,
  }),
  flaw(
    '200 for what is made later',
    early,
    'error',
    { accepted: ({ path, resource }) => ({ status: 200, headers: { Location: path }, body: resource }) },
    ['doc-201-and-location'],
  ),
  flaw(
    'the id of what is made later, with 201',
    early,
    'error',
    { accepted: ({ resource }) => ({ status: 201, body: resource }) },
    ['location-present'],
  ),
  flaw('202 and nothing', monitor, 'warning', { accepted: () => ({ status: 202 }) }),
  flaw('202 and a word', monitor, 'warning', { accepted: () => ({ status: 202, body: { message: 'accepted' } }) }),
  flaw('a monitor that is gone at the end', monitor, 'warning', {
    monitor: ({ isDone }) => (isDone ? { status: 404 } : { status: 200, body: { status: 'running' } }),
  }),
  flaw('a monitor that is never there', monitor, 'warning', { monitor: () => ({ status: 404 }) }),
  flaw('a monitor that leads nowhere', monitor, 'warning', {
    monitor: ({ isDone }) => ({ status: 200, body: { status: isDone ? 'done' : 'running' } }),
  }),
  flaw('a monitor that leads to what is not there', monitor, 'warning', {
    monitor: ({ isDone, path }) =>
      isDone ? { status: 303, headers: { Location: `${path}x` } } : { status: 200, body: { status: 'running' } },
  }),
  flaw('a link to what is not there', monitor, 'warning', {
    monitor: ({ isDone, path }) => ({
      status: 200,
      body: isDone ? { status: 'succeeded', links: { item: `${path}x` } } : { status: 'running' },
    }),
  }),
  flaw('a monitor that breaks', monitor, 'warning', { monitor: () => ({ status: 500, body: { title: 'oops' } }) }),
  flaw('work that fails without a word', monitor, 'warning', {
    monitor: ({ isDone }) => ({ status: 200, body: { status: isDone ? 'failed' : 'running' } }),
  }),
  flaw('a failure without a word for invalid input', monitor, 'warning', {
    validatesLate: () => true,
    monitor: (work) =>
      work.isDone && work.failure !== undefined ? { status: 200, body: { status: 'failed' } } : usualJobs.monitor(work),
  }),
  flaw('202 when asked, without saying so', 'respond-async-honoured', 'note', {
    ...atOnce,
    onPreference: hears,
    acceptedEarly: (work) => usualJobs.accepted(work),
  }),
  flaw('a preference that is claimed to be applied', 'respond-async-honoured', 'note', {
    ...atOnce,
    accepted: ({ path, resource }) => ({
      status: 201,
      headers: { Location: path, 'Preference-Applied': 'respond-async' },
      body: resource,
    }),
  }),
  flaw('202 when asked, that leads nowhere', 'respond-async-honoured', 'note', {
    ...atOnce,
    onPreference: hears,
    acceptedEarly: () => ({ status: 202, headers: { 'Preference-Applied': 'respond-async' } }),
  }),
  flaw('a Retry-After in words', 'retry-after-when-temporary', 'warning', {
    accepted: ({ job }) => ({ status: 202, headers: { Location: job, 'Retry-After': 'soon' } }),
  }),
  flaw('a Retry-After with a fraction', 'retry-after-when-temporary', 'warning', {
    accepted: ({ job }) => ({ status: 202, headers: { Location: job, 'Retry-After': '0.5' } }),
  }),
  flaw('a 429 that does not say until when', 'retry-after-when-temporary', 'note', {
    ...atOnce,
    busy: (creates) => (creates > 60 ? { status: 429, body: { title: 'too many' } } : undefined),
  }),
]
