// https://www.sqlite.org/wal.html#walresetbug: 3.7.0 to 3.51.2, mended in 3.51.3 and in these two older lines.
const FIRST = [3, 7, 0]
const MENDED = [3, 51, 3]
const MENDED_LINES = [
  [3, 44, 6],
  [3, 50, 7],
]

/**
 * Whether this version of SQLite has the WAL-reset bug: where several connections write to one file, commits that were
 * acknowledged can get lost.
 */
export function hasWalResetBug(version: string): boolean {
  const parts = version.split('.').map(Number)
  if (compare(parts, FIRST) < 0 || compare(parts, MENDED) >= 0) return false
  return !MENDED_LINES.some((line) => parts[1] === line[1] && compare(parts, line) >= 0)
}

/** Tells the operator, once for each store that is opened. */
export function warnOfWalReset(version: string, file: string): void {
  if (!hasWalResetBug(version)) return
  process.emitWarning(
    `SQLite ${version} can lose commits where several processes write to one file (${file}): its WAL-reset bug is mended in 3.51.3. Update Node or @photostructure/sqlite, or let only one process open the file.`,
    { type: 'CreateonceWarning', code: 'CREATEONCE_SQLITE_WAL_RESET' },
  )
}

function compare(left: readonly number[], right: readonly number[]): number {
  const index = right.findIndex((part, at) => left[at] !== part)
  return index === -1 ? 0 : (left[index] ?? 0) - right[index]!
}
