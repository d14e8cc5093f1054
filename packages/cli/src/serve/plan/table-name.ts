import { createHash } from 'node:crypto'

// PostgreSQL cuts names after 63 bytes.
const MAX_LENGTH = 60

/**
 * The table of a resource by its key: `/user/{}/order/{}`, with nouns in the singular, is kept in `served_user__x__order`. Two keys never share
 * one: what letters, digits and underscores cannot tell apart is told by a digest.
 */
export function tableName(key: string): string {
  const segments = key.split('/').slice(1, -1)
  const name = `served_${segments.map((segment) => (segment === '{}' ? 'x' : segment.replaceAll('-', '_'))).join('__')}`
  const isExact = /^[a-z0-9_]+$/.test(name) && !segments.some((segment) => segment === 'x' || segment === '')
  if (isExact && name.length <= MAX_LENGTH) return name
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 10)
  return `${name.replaceAll(/[^a-z0-9_]+/g, '').slice(0, MAX_LENGTH - 11)}_${digest}`
}
