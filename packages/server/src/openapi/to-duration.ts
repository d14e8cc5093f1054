/** Writes milliseconds as an ISO 8601 duration, such as `PT24H` or `PT0.5S`; what is one already stays as it is. */
export function toDuration(retention: number | string): string {
  if (typeof retention === 'string') return retention
  const hours = Math.floor(retention / 3_600_000)
  const minutes = Math.floor((retention % 3_600_000) / 60_000)
  const seconds = (retention % 60_000) / 1_000
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`
}
