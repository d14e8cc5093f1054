import { type Fault, fault, onAnswer, withHeader } from './fault.ts'

const racy = 'idem-concurrent-409 idem-client-abort'

/** What services get wrong about idempotency keys. */
export const keyFaults: readonly Fault[] = [
  fault(
    'keys are ignored',
    'idem-replay-same-result idem-concurrent-409',
    'optional keys, keys below parents',
    { usesKey: () => false },
    'idem-payload-mismatch idem-key-syntax idem-client-abort idem-fingerprint-canonical',
  ),
  fault(
    'a retry gets 409',
    'idem-replay-same-result',
    'optional keys, required keys',
    onAnswer('replayed', (reply) => ({ ...reply, status: 409, body: { title: 'duplicate request' } })),
    `idem-replay-keeps-headers idem-payload-mismatch idem-fingerprint-canonical idem-key-syntax conflict-409-explains ${racy}`,
  ),
  fault(
    'a replay loses Location',
    'idem-replay-keeps-headers',
    'optional keys, whole Fastify',
    onAnswer('replayed', (reply) => withHeader(reply, 'Location')),
  ),
  fault(
    'a replay answers 200',
    'idem-replay-keeps-headers',
    'optional keys, quoted keys',
    onAnswer('replayed', (reply) => ({ ...reply, status: 200 })),
  ),
  fault(
    'a replay repeats Set-Cookie',
    'idem-replay-keeps-headers',
    'required keys',
    onAnswer('created', (reply) => withHeader(reply, 'Set-Cookie', 'session=abc')),
  ),
  fault(
    'a replay with an empty body',
    'idem-replay-same-result',
    'optional keys',
    onAnswer('replayed', (reply) => ({ ...reply, body: {} })),
    'idem-replay-keeps-headers',
  ),
  fault(
    'another payload gets the first result',
    'idem-payload-mismatch',
    'optional keys, bare keys, whole Fastify',
    { onReuse: () => 'replay' },
    'idem-fingerprint-canonical',
  ),
  fault('another payload is created', 'idem-payload-mismatch', 'optional keys, required keys', {
    onReuse: () => 'execute',
  }),
  fault('another payload costs the record', 'idem-payload-mismatch', 'optional keys, quoted keys', {
    onReuse: () => 'overwrite',
  }),
  fault('another payload gets 500', 'idem-payload-mismatch', 'required keys', { onReuse: () => 'crash' }),
  fault('a required key is not asked for', 'idem-missing-key', 'required keys, keys below parents', {
    needsKey: () => false,
  }),
  fault('an optional key is asked for', 'idem-missing-key', 'optional keys', { needsKey: () => true }),
  fault('quotes are part of the key', 'idem-key-syntax', 'optional keys, required keys', {
    key: (lines, parse) => {
      const key = parse(lines)
      return key.kind === 'key' ? { kind: 'key', text: lines[0] ?? '' } : key
    },
  }),
  fault('broken keys are ignored', 'idem-key-syntax', 'optional keys, bare keys', {
    key: (lines, parse) => {
      const key = parse(lines)
      return key.kind === 'invalid' ? { kind: 'none' } : key
    },
  }),
  fault('empty keys are keys', 'idem-key-syntax', 'optional keys', {
    key: (lines, parse) => (lines.length === 1 && lines[0] === '' ? { kind: 'key', text: '' } : parse(lines)),
  }),
  fault('keys are cut', 'idem-key-bounds', 'optional keys, required keys', {
    key: (lines, parse) => parse(lines.map((line) => line.replace(/^("?)([^"]{1,64})[^"]*("?)$/, '$1$2$3'))),
  }),
  fault('the fingerprint is of the bytes', 'idem-fingerprint-canonical', 'optional keys, required keys', {
    fingerprint: (_, raw) => raw,
  }),
  fault(
    'a refusal is kept under the key',
    'idem-error-not-poisoning',
    'optional keys, required keys',
    { keeps: () => 'record', fingerprint: () => '' },
    'idem-payload-mismatch idem-fingerprint-canonical',
  ),
  fault('a refusal leaves the key in flight', 'idem-error-not-poisoning', 'optional keys, whole Fastify', {
    keeps: ({ status }) => (status < 400 ? 'record' : 'in flight'),
  }),
  fault(
    'the key is looked up before it is claimed',
    'idem-concurrent-409',
    'optional keys, bare keys, keys below parents',
    { waits: () => 3 },
    'idem-client-abort',
  ),
  fault(
    'a key in flight is executed again',
    'idem-concurrent-409',
    'required keys',
    { onInFlight: () => 'execute', waits: () => 3 },
    'idem-client-abort unique-race-single-winner',
  ),
  fault(
    'a key in flight gets 500',
    'idem-concurrent-409',
    'optional keys',
    { onInFlight: () => 500, waits: (point) => (point === 'claimed' ? 3 : 0) },
    'idem-client-abort',
  ),
  fault(
    'a key in flight gets 422',
    'idem-concurrent-409',
    'optional keys',
    { onInFlight: () => 422, waits: (point) => (point === 'claimed' ? 3 : 0) },
    'idem-client-abort',
  ),
  fault('a client that hangs up gets a second one', 'idem-client-abort', 'optional keys, required keys', {
    onHangUp: () => 'forgets the key',
  }),
  fault('a client that hangs up blocks its key', 'idem-client-abort', 'optional keys, bare keys', {
    onHangUp: () => 'leaves the key in flight',
  }),
]
