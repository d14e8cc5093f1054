import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = { '': 1, kb: 1_024, mb: 1_048_576 }
// A body is held in memory as a whole, and a string of Node ends at half a gigabyte.
const LARGEST = 256 * 1_048_576

/** Reads a size in bytes, as `65536`, `64kB` or `1MB` (of 1 024). */
export function parseSize(text: string): number {
  const [, count, unit = ''] = /^(\d+)(kb|mb)?$/i.exec(text) ?? []
  const bytes = Number(count) * (UNITS[unit.toLowerCase()] ?? 1)
  if (count !== undefined && bytes > 0 && bytes <= LARGEST) return bytes
  throw new InvalidArgumentError('Write it in bytes, or as 64kB or 1MB; at least 1, at most 256MB.')
}
