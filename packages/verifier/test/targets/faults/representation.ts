import { type Fault, fault, onAnswer, withHeader } from './fault.ts'

/** What services get wrong about the answer to a create, and about its status. */
export const representationFaults: readonly Fault[] = [
  fault(
    '200 to a create',
    'created-status-201',
    'uuids, JSON:API, whole Fastify',
    onAnswer('created', (reply) => ({ ...reply, status: 200 })),
    'doc-201-and-location',
  ),
  fault(
    'a status of its own',
    'status-code-registered',
    'plain',
    onAnswer('refused', (reply, { code }) =>
      code === 'invalid-input' ? { ...reply, status: 460, body: { title: 'invalid' } } : reply,
    ),
    'problem-details-valid validation-lists-all-errors',
  ),
  fault(
    '200 with success: false',
    'status-code-registered',
    'data envelope',
    onAnswer('refused', (reply, { code }) =>
      code === 'invalid-input' ? { ...reply, status: 200, body: { success: false, error: 'invalid' } } : reply,
    ),
    'invalid-is-4xx rejected-leaves-nothing',
  ),
  fault('a status in the answer that differs from the read', 'body-equals-get', 'uuids, HAL, cursors', {
    shows: (row, where) => (where === 'created' ? { ...row, status: 'pending' } : row),
  }),
  fault('an amount that was rounded in the answer', 'body-equals-get', 'plain, data envelope', {
    shows: (row, where) =>
      where === 'created' && typeof row['amount'] === 'number'
        ? { ...row, amount: Math.round(row['amount']) + 0.5 }
        : row,
  }),
  fault('no defaults in the answer', 'body-equals-get', 'uuids, JSON:API', {
    shows: ({ status, createdAt, ...row }, where) => (where === 'created' ? row : { ...row, status, createdAt }),
  }),
  fault('createdAt by another clock', 'body-equals-get', 'plain', {
    shows: (row, where) =>
      where === 'created' ? { ...row, createdAt: new Date(Date.now() + 7_200_000).toISOString() } : row,
  }),
  fault(
    'a message for an answer',
    'body-describes-created',
    'uuids, whole Fastify',
    onAnswer('created', (reply) => ({ ...reply, body: { message: 'created' } })),
  ),
  fault(
    'an empty object for an answer',
    'body-describes-created',
    'plain, HAL',
    onAnswer('created', (reply) => ({ ...reply, body: {} })),
  ),
  fault(
    'text that is said to be JSON',
    'body-describes-created',
    'plain',
    onAnswer('created', (reply) => ({ ...reply, body: 'Created' })),
  ),
  fault(
    'a link to itself that leads elsewhere',
    'body-describes-created',
    'HAL, JSON:API',
    onAnswer('created', (reply, { path }) => ({
      ...reply,
      body: JSON.stringify(reply.body).replaceAll(`"${path}"`, `"/internal${path}"`),
    })),
  ),
  fault(
    'the id of another in the body',
    'body-equals-get',
    'plain, numbered pages',
    {
      shows: (row, where) =>
        where === 'created' ? { ...row, id: Number(row['id']) + 1000 || 'b6b5e1a2-0000-4000-8000-000000000000' } : row,
    },
    'location-identifies-created body-describes-created location-resolves ids-unique-under-load no-201-without-creation',
  ),
  fault(
    'an ETag of the answer',
    'etag-201-current',
    'ETags, whole Fastify',
    onAnswer('created', (reply) => withHeader(reply, 'ETag', '"w-1"')),
  ),
  fault(
    'an ETag without quotes',
    'etag-201-current',
    'whole Fastify',
    onAnswer('created', (reply, { row }) => withHeader(reply, 'ETag', String(row?.['id']))),
  ),
  fault(
    'Content-Location over an echo',
    'content-location-honest',
    'uuids',
    {
      ...onAnswer('created', (reply, { path }) => withHeader(reply, 'Content-Location', path)),
      shows: ({ status, ...row }, where) => (where === 'created' ? row : { ...row, status }),
    },
    'body-equals-get',
  ),
  fault('201 before the commit', 'async-202-not-201', 'uuids, absolute Location, data envelope', {
    commitsAfter: () => 300,
  }),
  fault(
    '201 and nothing stored',
    'no-201-without-creation',
    'uuids, plain',
    { stores: () => undefined },
    'location-resolves collection-shows-created duplicate-policy-enforced unique-race-single-winner ids-unique-under-load',
  ),
  fault('a list from a cache', 'collection-shows-created', 'plain, data envelope', () => {
    let cached: readonly Record<string, unknown>[] | undefined
    return { lists: (rows) => (cached ??= rows.slice(0, 0)) }
  }),
  fault('a list without the newest', 'collection-shows-created', 'uuids, numbered pages', {
    lists: (rows) => rows.slice(0, -1),
  }),
  fault('a list that shows all twice', 'collection-shows-created', 'plain, cursors', {
    lists: (rows) => rows.flatMap((row) => [row, row]),
  }),
]
