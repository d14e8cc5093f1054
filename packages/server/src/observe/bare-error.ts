// A chain that is longer tells nobody anything, and one that leads back to itself has no end.
const DEEPEST = 8

/**
 * An error as it may be logged: its class, message, stack, code and causes, and nothing else. Drivers hang more on their
 * errors, and loggers write it all: `detail` of PostgreSQL holds the values of the row, `command` of ioredis what was to be
 * kept. What is thrown and is no error is only named by its type.
 */
export function bareError(error: unknown, depth = 0): Error {
  if (!(error instanceof Error)) return new Error(`What was thrown is no error: ${typeof error}`)
  const bare = Object.create(Object.getPrototypeOf(error) as object) as Error
  const { message, stack, cause } = error
  const code = (error as { readonly code?: unknown }).code
  const hasOwnName = Object.hasOwn(error, 'name') && typeof error.name === 'string'
  define(bare, 'message', String(message), false)
  if (typeof stack === 'string') define(bare, 'stack', stack, false)
  if (hasOwnName) define(bare, 'name', error.name, false)
  if (typeof code === 'string' || typeof code === 'number') define(bare, 'code', code, true)
  if (cause instanceof Error && depth < DEEPEST) define(bare, 'cause', bareError(cause, depth + 1), false)
  if (error instanceof AggregateError && depth < DEEPEST) {
    const errors = error.errors.slice(0, DEEPEST).map((one) => bareError(one, depth + 1))
    define(bare, 'errors', errors, false)
  }
  return bare
}

function define(error: Error, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, name, { value, enumerable, writable: true, configurable: true })
}
