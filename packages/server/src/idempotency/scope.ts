/**
 * Principal and operation as one text. The principal is quoted as a JSON string, so that no choice of names makes two
 * scopes equal, and nothing in it (NUL, half of a surrogate pair) is cut or replaced on its way into a database, which
 * would let two callers share their keys.
 */
export function scopeOf(principal: string, operation: string): string {
  return `${scopesOf(principal)}${operation}`
}

/**
 * What the scopes of a principal begin with, over all operations, and nobody else's: the closing quote ends the name, so
 * that `ann` is no part of `anna`.
 */
export function scopesOf(principal: string): string {
  return `${JSON.stringify(principal)} `
}
