import { type BigIntStats, statSync } from 'node:fs'

/** Differs whenever a file was written, or is another one; undefined where it is not there. */
export function signatureOf(path: string): string | undefined {
  const stats: BigIntStats | undefined = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.ino} ${stats.size} ${stats.mtimeNs}`
}
