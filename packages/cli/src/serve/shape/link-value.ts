import { createHash } from 'node:crypto'
import { type JsonSchema, stringFromPattern } from '@createonce/verifier/document'
import { acceptsScalar } from './accepts.ts'
import { propertyOf, typesOf } from './rooted.ts'
import { plain } from './spelling.ts'

const LINKS = new Set(['self', 'selflink', 'href', 'link', 'links', 'resourceurl', 'resourceuri', 'selfurl', 'selfuri'])

// These may as well be where a picture is, or a person.
const PERHAPS = new Set(['location', 'uri', 'url'])

/**
 * Whether a member holds where the resource is. It is not kept: the address of a service may change. A `location`, `uri`
 * or `url` does where its `pattern` asks for a path or its `format` for a reference; of what else is one, no name tells.
 */
export function isLink(name: string, s: JsonSchema = {}): boolean {
  const bare = plain(name)
  if (name === '_links' || LINKS.has(bare)) return true
  return PERHAPS.has(bare) && (s['format'] === 'uri-reference' || /^\^?\\?\//.test(String(s['pattern'] ?? '')))
}

/**
 * A link in the form that a schema has: text, `{ href }`, `{ self: … }` or `[{ rel, href }]`. Where a `pattern` allows no
 * such path, a text of its own for each place: two that are shown by the same link would be the same.
 */
export function linkValue(s: JsonSchema, location: string): unknown {
  const types = typesOf(s)
  if (types.includes('string')) return acceptsScalar(s, location) ? location : linkOfPattern(s, location)
  if (types.includes('array')) return [{ rel: 'self', href: location }]
  if (propertyOf(s, 'href') !== undefined) return { href: location }
  return { self: { href: location } }
}

// As many letters as tell places apart.
const REACH = 8

function linkOfPattern({ pattern }: JsonSchema, location: string): string {
  if (typeof pattern !== 'string') return location
  const bytes = createHash('sha256').update(location).digest()
  let at = 0
  const random = () => bytes[at++ % bytes.length]! / 256
  return stringFromPattern(pattern, { random }, REACH)
}
