/** A body as JSON; undefined where it is none, is no UTF-8, or names a member twice. */
export function parseJson(body: Buffer): { readonly value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    const value: unknown = JSON.parse(text)
    const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?=\s*:)/g)].length
    return written > memberCount(value) ? undefined : { value }
  } catch {
    return undefined
  }
}

function memberCount(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce((sum: number, member) => sum + memberCount(member), 0)
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length)
}
