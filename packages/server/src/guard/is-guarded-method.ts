// They have no effect that a retry could repeat (RFC 9110 §9.2.1).
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Whether requests of this method are guarded; safe ones pass through untouched, whatever key they carry. */
export function isGuardedMethod(method: string): boolean {
  return !SAFE.has(method.toUpperCase())
}
