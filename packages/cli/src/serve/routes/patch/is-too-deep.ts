/** As deep as the body of a creation may be. */
export const MAX_LEVELS = 64

/** Whether a value is nested deeper than what creations take: what is kept can then always be sent back. */
export function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((part) => isTooDeep(part, levels - 1))
}
