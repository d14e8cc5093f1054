/** Reads a scope, which is a principal and an operation in one text: the inverse of `scopeOf`. */
export function namesOf(scope: string): { readonly principal: string; readonly operation: string } {
  const [, quoted, operation] = /^("(?:[^"\\]|\\.)*") (.*)$/s.exec(scope) ?? []
  if (quoted === undefined || operation === undefined) throw new TypeError('A record has a scope that is none.')
  return { principal: JSON.parse(quoted) as string, operation }
}
