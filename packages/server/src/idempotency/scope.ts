/**
 * Principal and operation as one text. The principal is quoted as a JSON string, so that no choice of names makes two
 * scopes equal, and nothing in it (NUL, half of a surrogate pair) is cut or replaced on its way into a database, which
 * would let two callers share their keys.
 */
export function scopeOf(principal: string, operation: string): string {
  return `${JSON.stringify(principal)} ${operation}`
}
