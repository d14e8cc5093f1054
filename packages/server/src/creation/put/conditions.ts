/** What a conditional header asks for; `malformed` is met by nothing. */
export type Condition =
  | { readonly kind: 'any' }
  | { readonly kind: 'tags'; readonly tags: readonly string[] }
  | { readonly kind: 'malformed' }

// RFC 9110 §8.8.3 and §5.6.1: one element of a list of entity tags, which may hold commas, with what ends it. Empty
// elements are skipped.
const ELEMENT = /[\t ]*(?:((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[\t ]*)?(?:,|$)/y

/** Reads `If-Match` or `If-None-Match` (RFC 9110 §13.1.1, §13.1.2); undefined where it is not sent. */
export function readCondition(header: string | readonly string[] | undefined): Condition | undefined {
  if (header === undefined) return undefined
  const text = typeof header === 'string' ? header : header.join(', ')
  if (text.trim() === '*') return { kind: 'any' }
  const tags: string[] = []
  ELEMENT.lastIndex = 0
  while (ELEMENT.lastIndex < text.length) {
    const element = ELEMENT.exec(text)
    if (element === null) return { kind: 'malformed' }
    if (element[1] !== undefined) tags.push(element[1])
  }
  return tags.length === 0 ? { kind: 'malformed' } : { kind: 'tags', tags }
}

/** Whether a resource that exists, with this tag, is one of those that `If-Match` names: by strong comparison (RFC 9110 §8.8.3.2). */
export function isMatched(condition: Condition, tag: string | undefined): boolean {
  if (condition.kind !== 'tags') return condition.kind === 'any'
  return tag?.startsWith('"') === true && condition.tags.includes(tag)
}

/**
 * Whether a resource that exists, with this tag, is one of those that `If-None-Match` excludes: by weak comparison. A condition that
 * cannot be read excludes everything: who sends one does not want to overwrite.
 */
export function isExcluded(condition: Condition, tag: string | undefined): boolean {
  if (condition.kind !== 'tags') return true
  return tag !== undefined && condition.tags.some((one) => opaque(one) === opaque(tag))
}

function opaque(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}
