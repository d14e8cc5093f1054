import { scopeOf } from './scope.ts'

/** A key together with what it belongs to: the same key of another caller, or for another operation, is another one. */
export interface KeyInScope {
  readonly scope: string
  readonly key: string
  /** Both in one text. */
  readonly id: string
}

/** Puts a key into the scope of a principal and an operation. */
export function keyInScope(principal: string, operation: string, key: string): KeyInScope {
  const scope = scopeOf(principal, operation)
  // Neither a scope nor a key contains a line break.
  return { scope, key, id: `${scope}\n${key}` }
}
