// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6
const SQLITE_CANTOPEN = 14
const SQLITE_CONSTRAINT = 19
const CONSTRAINT_PRIMARYKEY = 1555
const CONSTRAINT_FOREIGNKEY = 787
const CONSTRAINT_UNIQUE = 2067

// Deno tells the code of an error of a prepared statement, and of `exec` or of opening only the text, which SQLite has fixed.
const TEXTS: readonly (readonly [RegExp, number])[] = [
  [/^database is locked/, SQLITE_BUSY],
  [/^database table is locked/, SQLITE_LOCKED],
  [/^unable to open database file/, SQLITE_CANTOPEN],
  [/^UNIQUE constraint failed: /, CONSTRAINT_UNIQUE],
  [/^FOREIGN KEY constraint failed/, CONSTRAINT_FOREIGNKEY],
  [/^[A-Z ]+ constraint failed/, SQLITE_CONSTRAINT],
]

/** The extended result code of a SQLite error; undefined for another error. */
export function resultCode(error: unknown): number | undefined {
  const { errcode, code, message } = (error ?? {}) as { errcode?: unknown; code?: unknown; message?: unknown }
  if (typeof errcode === 'number') return errcode
  if (code !== 'ERR_SQLITE_ERROR' || typeof message !== 'string') return undefined
  return TEXTS.find(([text]) => text.test(message))?.[1]
}

/** The primary result code of a SQLite error (the low byte of the extended one), or 0 for another error. */
function primaryCode(error: unknown): number {
  return (resultCode(error) ?? 0) & 0xff
}

/** Whether another connection holds the lock: worth another try. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error)
  return code === SQLITE_BUSY || code === SQLITE_LOCKED
}

/** Whether a rule of the schema is broken: the rows are wrong, and the database is well. */
export function isConstraint(error: unknown): boolean {
  return primaryCode(error) === SQLITE_CONSTRAINT
}

/** Whether the file can be neither found nor made. */
export function isMissing(error: unknown): boolean {
  return primaryCode(error) === SQLITE_CANTOPEN
}

/** Whether a row refers to one that does not exist. */
export function isForeignKey(error: unknown): boolean {
  return resultCode(error) === CONSTRAINT_FOREIGNKEY
}

/** The columns of a broken unique rule (`UNIQUE constraint failed: book.publisher, book.isbn`), else undefined. */
export function uniqueViolation(error: unknown): readonly string[] | undefined {
  const code = resultCode(error)
  if (code !== CONSTRAINT_UNIQUE && code !== CONSTRAINT_PRIMARYKEY) return undefined
  const [, list = ''] = /constraint failed: (.*)$/.exec((error as Error).message) ?? []
  return list.split(', ').flatMap((column) => column.split('.').at(-1) || [])
}
