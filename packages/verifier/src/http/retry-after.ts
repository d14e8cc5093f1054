import type { HeaderLine } from '../exchange/exchange.ts'

/**
 * The milliseconds that an answer asks to wait for, by its Retry-After of seconds or of a date (RFC 9110 §10.2.3);
 * undefined where it does not say so in either form.
 *
 * @param now - milliseconds since 1970, for a date.
 */
export function retryAfterMs(headers: readonly HeaderLine[], now: number): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim()
  if (value === undefined) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  // Only the form of HTTP: `Date.parse` would also read "5.5" and "-1" as days of some year.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
