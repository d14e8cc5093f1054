/** The header in whole seconds, rounded up (RFC 9110 §10.2.3): whoever comes back a moment too early is refused again. */
export function retryAfter(ms: number): { 'Retry-After': string } {
  return { 'Retry-After': String(Math.max(1, Math.ceil(ms / 1_000))) }
}
