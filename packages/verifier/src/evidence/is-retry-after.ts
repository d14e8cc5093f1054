const day = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const month = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
// The three forms of RFC 9110 §5.6.7; the last two are obsolete, and understood by everybody who has to.
const dates = [
  `${day}, \\d{2} ${month} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT`,
  `${day}[a-z]*day, \\d{2}-${month}-\\d{2} \\d{2}:\\d{2}:\\d{2} GMT`,
  `${day} ${month} [ \\d]\\d \\d{2}:\\d{2}:\\d{2} \\d{4}`,
]
const valid = new RegExp(`^(\\d+|${dates.join('|')})$`)

/** Tells whether a value of Retry-After is a number of seconds or a date (RFC 9110 §10.2.3). */
export function isRetryAfter(value: string): boolean {
  return valid.test(value.trim())
}
