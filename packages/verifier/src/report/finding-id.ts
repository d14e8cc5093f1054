import { createHash } from 'node:crypto'

/**
 * The id of a finding: which rule is broken by which operation. Nothing that changes from run to run is part of it, nor
 * what a refactoring of the document renames: the operationId, the names of path parameters.
 */
export function findingId(check: string, { method, path }: { readonly method: string; readonly path: string }): string {
  const place = `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`
  return createHash('sha256').update(`${check}\n${place}`).digest('hex').slice(0, 16)
}
