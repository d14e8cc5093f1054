import type { JsonSchema } from '@createonce/verifier/document'
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

/** A link in the form that a schema has: text, `{ href }`, `{ self: … }` or `[{ rel, href }]`. */
export function linkValue(s: JsonSchema, location: string): unknown {
  const types = typesOf(s)
  if (types.includes('string')) return location
  if (types.includes('array')) return [{ rel: 'self', href: location }]
  if (propertyOf(s, 'href') !== undefined) return { href: location }
  return { self: { href: location } }
}
