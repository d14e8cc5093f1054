/**
 * Principal and operation as one text. The principal's length stands in front, so that no choice of names makes two
 * scopes equal.
 */
export function scopeOf(principal: string, operation: string): string {
  return `${principal.length}:${principal} ${operation}`
}
