import { sha256 } from '../idempotency/sha256.ts'

// 27 characters of base64url are 162 bits: no two states of a resource meet by chance, nor by intent.
const LENGTH = 27

/**
 * The strong ETag of a representation (RFC 9110 §8.8.3): a digest of its JSON, whatever the order of its members, so that a
 * row from `create` and the same row from a `select` have the same one. Its cost grows with the length of the JSON.
 *
 * As the setting `etag` of a creation it makes the tag of what is shown, hence the one that GET has, where GET calls it
 * with what it answers. It is no tag for an answer whose body is written in several ways (other media types, a
 * selection of members): those are representations of their own.
 *
 * @throws TypeError for what JSON cannot say: `undefined`, a function.
 *
 * @example
 * defineCreation({ ..., etag: etagOf })
 * app.get('/orders/:id', (request, response) => response.set('ETag', etagOf(order)).json(order))
 */
export function etagOf(row: unknown, representation: unknown = row): string {
  const text = JSON.stringify(representation, sorted) as string | undefined
  if (text === undefined) throw new TypeError('etagOf needs a value that JSON can say.')
  return `"${sha256(text, 'base64url').slice(0, LENGTH)}"`
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const members = Object.entries(value)
  // Names are unique, so two of them never count as equal.
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)))
}
