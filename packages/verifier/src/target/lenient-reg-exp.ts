/** Patterns are written for many engines: one that is no Unicode pattern (`\_`) may still be a plain one. */
export function lenientRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return new RegExp(pattern)
  }
}
