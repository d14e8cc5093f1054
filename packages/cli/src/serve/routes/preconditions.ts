/** Whether `If-None-Match` names this tag, by weak comparison (RFC 9110 §13.1.2): then a GET is answered 304. */
export function isNoneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return tagsOf(header).some((tag) => weak(tag) === weak(etag))
}

/** Whether `If-Match` forbids a change: it names tags, and by strong comparison (RFC 9110 §13.1.1) none is this one. */
export function isMatchFailed(header: string | undefined, etag: string | undefined): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return etag === undefined
  return etag === undefined || !tagsOf(header).some((tag) => tag === etag && !tag.startsWith('W/'))
}

function tagsOf(header: string): readonly string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? []
}

function weak(tag: string): string {
  return tag.replace(/^W\//, '')
}
