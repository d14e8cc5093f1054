const UNITS = { D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const
const DURATION = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/**
 * Reads milliseconds or an ISO 8601 duration of days, hours, minutes and seconds. Months and years are refused: they
 * have no fixed length.
 */
export function toMilliseconds(duration: number | string, name: string): number {
  if (typeof duration === 'number') {
    if (Number.isSafeInteger(duration) && duration > 0) return duration
  } else {
    const parts = DURATION.exec(duration)
    if (parts !== null) {
      const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts
      const total = +days * UNITS.D + +hours * UNITS.H + +minutes * UNITS.M + +seconds * UNITS.S
      if (Number.isSafeInteger(total) && total > 0) return total
    }
  }
  throw new TypeError(
    `${name} must be a positive number of milliseconds or an ISO 8601 duration such as 'PT24H' or 'P7D'; got ${JSON.stringify(duration)}.`,
  )
}
