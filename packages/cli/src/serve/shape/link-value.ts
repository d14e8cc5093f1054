import type { JsonSchema } from '@createonce/verifier/document'
import { propertyOf, typesOf } from './rooted.ts'
import { plain } from './spelling.ts'

const LINKS = new Set([
  'self',
  'selflink',
  'href',
  'link',
  'links',
  'location',
  'resourceurl',
  'resourceuri',
  'selfurl',
  'selfuri',
])

/** Whether a member holds where the resource is. It is not kept: the address of a service may change. */
export function isLink(name: string): boolean {
  return name === '_links' || LINKS.has(plain(name))
}

/** A link in the form that a schema has: text, `{ href }`, `{ self: … }` or `[{ rel, href }]`. */
export function linkValue(s: JsonSchema, location: string): unknown {
  const types = typesOf(s)
  if (types.includes('string')) return location
  if (types.includes('array')) return [{ rel: 'self', href: location }]
  if (propertyOf(s, 'href') !== undefined) return { href: location }
  return { self: { href: location } }
}
