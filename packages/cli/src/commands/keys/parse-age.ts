import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads a duration, `90s`, `15m`, `1h` or `7d`, in milliseconds. */
export function parseAge(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  if (count === undefined) throw new InvalidArgumentError('It must be a duration: 90s, 15m, 1h, 7d.')
  return Number(count) * UNITS[unit!]!
}
