/** Follows a reference of the form `#/components/schemas/Order` in a document; undefined where nothing is there. */
export function resolvePointer(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined
  let current = document
  for (const segment of reference.slice(1).split('/').slice(1)) {
    if (typeof current !== 'object' || current === null) return undefined
    const member = decode(segment)
    if (!Object.hasOwn(current, member)) return undefined
    current = (current as Record<string, unknown>)[member]
  }
  return current
}

function decode(segment: string): string {
  let text = segment
  try {
    text = decodeURIComponent(segment)
  } catch {
    // A lone percent sign in a name that nobody encoded.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~')
}
