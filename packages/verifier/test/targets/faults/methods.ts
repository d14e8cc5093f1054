import type { DeclaredCreate } from '../bookshop.ts'
import type { Reply } from '../styles/decisions.ts'
import { type Fault, fault, onAnswer, withHeader } from './fault.ts'

/** What services get wrong about methods, and about what they say beside the answer. */
export const methodFaults: readonly Fault[] = [
  fault('GET creates', 'safe-method-never-creates', 'plain, uuids, data envelope, nested', {
    createsByGet: () => true,
  }),
  fault('DELETE keeps what it deletes', 'created-deletable', 'plain, uuids', { onDelete: () => 'keeps' }),
  fault('DELETE is documented and not routed', 'created-deletable', 'plain', { onDelete: () => 405 }),
  fault(
    'a 415 that names XML',
    'media-415-hints',
    'plain, data envelope',
    onAnswer('refused', (reply) =>
      reply.status === 415 ? withHeader(reply, 'Accept-Post', 'application/xml, text/xml') : reply,
    ),
  ),
  fault(
    'a first answer that says it is a replay',
    'idem-replay-marked',
    'optional keys, required keys',
    onAnswer('created', (reply) => withHeader(reply, 'Idempotent-Replayed', 'true')),
  ),
  fault(
    'a replay that says it is none',
    'idem-replay-marked',
    'optional keys',
    onAnswer('replayed', (reply) => withHeader(reply, 'Idempotency-Replayed', 'false')),
  ),
  fault('a read with a key is replayed', 'idem-safe-methods-ignored', 'optional keys, required keys', {
    replaysReads: () => true,
  }),
  fault(
    'little for who wants little, and for all behind the cache',
    'vary-prefer',
    'plain, uuids, data envelope',
    onAnswer('read', (reply, { prefer }) => (prefer === 'return=minimal' ? littleOf(reply, prefer) : reply)),
  ),
  fault(
    'Vary lists Prefer only where it was sent',
    'vary-prefer',
    'uuids',
    onAnswer('read', (reply, { prefer }) =>
      prefer === 'return=minimal' ? withHeader(littleOf(reply, prefer), 'Vary', 'Accept, Prefer') : reply,
    ),
  ),
  fault(
    'a link to an item that is another one',
    'link-created',
    'plain, uuids, data envelope',
    onAnswer('created', (reply, { collection }) =>
      withHeader(reply, 'Link', `<${collection}/4711>; rel="item"; title="one, two"`),
    ),
  ),
  fault(
    'a link to itself that leads to the collection',
    'link-created',
    'uuids',
    onAnswer('created', (reply, { path, collection }) =>
      withHeader(withHeader(reply, 'Content-Location', path), 'Link', `<${collection}>; rel=self`),
    ),
  ),
  fault('asks for a digest in the document and does not look at it', 'digest-checked', 'plain, uuids', {
    declares: declaringDigest,
  }),
  fault(
    'asks for a digest in its answers and does not look at it',
    'digest-checked',
    'data envelope',
    onAnswer('created read', (reply) => withHeader(reply, 'Want-Content-Digest', 'sha-512=3, sha-256=10')),
  ),
  fault('looks at the digest after it has created', 'digest-checked', 'uuids', {
    declares: declaringDigest,
    checksDigest: () => 'after',
  }),
]

function declaringDigest(operation: DeclaredCreate): DeclaredCreate {
  const digest = { name: 'Content-Digest', in: 'header', required: false, schema: { type: 'string' } }
  return { ...operation, parameters: [...operation.parameters, digest] }
}

function littleOf(reply: Reply, preference: string): Reply {
  return { ...withHeader(reply, 'Preference-Applied', preference), status: 204, body: undefined }
}
