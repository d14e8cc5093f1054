import { type Fault, fault, onAnswer, withHeader } from './fault.ts'

const onCode = (code: string, change: Parameters<typeof onAnswer>[1]) =>
  onAnswer('refused', (reply, about) => (about.code === code ? change(reply, about) : reply))

/** What services get wrong about methods, media types and preferences. */
export const httpFaults: readonly Fault[] = [
  fault('reads any media type as JSON', 'unsupported-media-415', 'uuids, whole Fastify', { mediaType: () => true }),
  fault(
    'answers 500 to other media types',
    'unsupported-media-415',
    'plain',
    onCode('unsupported-media-type', (reply) => ({ ...reply, status: 500, body: { title: 'error' } })),
  ),
  fault(
    '405 without Allow',
    'method-405-allow',
    'uuids, HAL',
    onCode('method-not-allowed', (reply) => withHeader(reply, 'Allow')),
  ),
  fault(
    '405 with an Allow that lacks POST',
    'method-405-allow',
    'plain',
    onCode('method-not-allowed', (reply) => withHeader(reply, 'Allow', 'GET')),
  ),
  fault(
    '404 for other methods',
    'method-405-allow',
    'plain, data envelope',
    onCode('method-not-allowed', (reply) => ({
      ...withHeader(reply, 'Allow'),
      status: 404,
      body: { title: 'not found' },
    })),
  ),
  fault(
    '500 for other methods',
    'method-405-allow',
    'uuids',
    onCode('method-not-allowed', (reply) => ({ ...withHeader(reply, 'Allow'), status: 500, body: { title: 'error' } })),
  ),
  fault('406 after it has created', 'accept-before-create', 'uuids, plain', { refusesAccept: () => 'after' }),
  fault('400 for a preference it does not know', 'prefer-handled', 'plain, uuids', {
    refusesPreference: (prefer) => /unknown/.test(prefer),
  }),
  fault('400 for any preference', 'prefer-handled', 'data envelope', { refusesPreference: (prefer) => prefer !== '' }),
  fault(
    'claims to have applied what it did not',
    'prefer-handled',
    'uuids',
    onAnswer('created', (reply, { prefer }) =>
      prefer === 'return=minimal' ? withHeader(reply, 'Preference-Applied', prefer) : reply,
    ),
  ),
]
